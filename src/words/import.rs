//! Complaints about imported files and their rows: what is wrong, and what to do about it.

use crate::texts;

texts! {
    /// Why a whole file was refused.
    pub enum FileProblem {
        Empty = "Berkas ini kosong. Pilih berkas yang berisi daftar."
            | "This file is empty. Choose the file that holds the list.",
        FileTooLarge { limit_mb: usize }
            = "Berkas lebih besar dari {limit_mb} MB. Hapus gambar dan lembar lain, atau bagi menjadi beberapa berkas."
            | "The file is larger than {limit_mb} MB. Remove pictures and other sheets, or split it into several files.",
        InflatesTooLarge { limit_mb: usize }
            = "Isi berkas lebih dari {limit_mb} MB setelah dibuka. Salin baris yang terisi ke berkas baru lalu unggah lagi."
            | "The file unpacks to more than {limit_mb} MB. Copy the filled rows to a new file and upload that.",
        TooManyEntries { limit: usize } = "Berkas terdiri dari lebih dari {limit} bagian. Salin lembar yang diperlukan ke berkas baru."
            | "The file consists of more than {limit} parts. Copy the sheet you need to a new file.",
        AbsurdDimension { range: String }
            = "Lembar ini mengaku berukuran {range}. Salin hanya baris yang terisi ke lembar baru lalu unggah lagi."
            | "The sheet claims the size {range}. Copy only the filled rows to a new sheet and upload that.",
        AbsurdTextCount { claimed: String }
            = "Berkas mengaku berisi {claimed} teks, lebih banyak dari yang mungkin. Simpan ulang dari Excel atau LibreOffice."
            | "The file claims to hold {claimed} texts, more than it can. Save it again from Excel or LibreOffice.",
        TooManyRows { limit: usize } = "Lebih dari {limit} baris terisi. Bagi daftar menjadi beberapa berkas."
            | "More than {limit} rows are filled. Split the list into several files.",
        TooManyColumns { row: u32, limit: usize } = "Baris {row} terisi melewati kolom ke-{limit}. Hapus kolom yang tidak diperlukan."
            | "Row {row} is filled beyond column {limit}. Delete the columns you do not need.",
        CellTooLong { cell: String, limit: usize }
            = "Sel {cell} berisi lebih dari {limit} huruf. Persingkat isinya, atau periksa tanda kutip yang tidak ditutup."
            | "Cell {cell} holds more than {limit} characters. Shorten it, or look for a quotation mark that is not closed.",
        Damaged = "Berkas rusak dan tidak bisa dibaca. Buka di Excel atau LibreOffice, simpan ulang sebagai .xlsx, lalu unggah lagi."
            | "The file is damaged and cannot be read. Open it in Excel or LibreOffice, save it again as .xlsx and upload that.",
        Protected = "Berkas dikunci dengan kata sandi. Buka kuncinya, simpan ulang tanpa kata sandi, lalu unggah lagi."
            | "The file is locked with a password. Unlock it, save it without a password and upload that.",
        OldOrLocked
            = "Berkas .xls lama atau berkas berkata sandi tidak bisa dibaca. Simpan sebagai .xlsx tanpa kata sandi lalu unggah lagi."
            | "An old .xls file or one with a password cannot be read. Save it as .xlsx without a password and upload that.",
        NotAWorkbook = "Berkas ini bukan buku kerja Excel. Simpan daftar sebagai .xlsx atau .csv."
            | "This file is not an Excel workbook. Save the list as .xlsx or .csv.",
        NotASpreadsheet = "Berkas ini bukan tabel. Unggah daftar dalam bentuk .xlsx atau .csv."
            | "This file is not a table. Upload the list as .xlsx or .csv.",
        NoFilledSheet = "Tidak ada lembar yang terisi. Periksa apakah lembarnya tersembunyi."
            | "No sheet is filled. Check whether the sheet is hidden.",
        Undecodable { offset: usize } = "Byte ke-{offset} tidak terbaca sebagai teks. Simpan ulang sebagai CSV UTF-8 atau .xlsx."
            | "Byte {offset} cannot be read as text. Save the file again as CSV UTF-8 or .xlsx.",
    }
}

texts! {
    /// What is wrong with a row.
    pub enum RowProblem {
        HeaderNotFound { expected: String } = "Baris judul kolom tidak ditemukan. Beri judul kolom seperti: {expected}."
            | "No header row was found. Name the columns, for example: {expected}.",
        ColumnMissing { header: String } = "Kolom \"{header}\" tidak ada. Tambahkan kolom itu, atau perbaiki judulnya."
            | "The column \"{header}\" is missing. Add it, or correct its header.",
        ColumnTwice { header: String } = "Kolom \"{header}\" ada dua. Hanya yang pertama dibaca; hapus atau ganti judul yang lain."
            | "The column \"{header}\" stands twice. Only the first is read; delete or rename the other.",
        RowSkipped = "Baris ini hanya berisi satu sel dan dilewati. Bila ini peserta, lengkapi isinya."
            | "This row holds a single cell and was skipped. If it is a participant, fill it in.",
        ValueMissing { header: String } = "\"{header}\" kosong. Isi sel ini."
            | "\"{header}\" is empty. Fill in this cell.",
        TextTooLong { limit: usize } = "Isi lebih dari {limit} huruf. Persingkat."
            | "More than {limit} characters. Shorten it.",
        NameMissing = "Nama kosong. Isi nama peserta; satu kata sudah cukup."
            | "The name is empty. Fill it in; one word is enough.",
        NameNotUnderstood = "Ini tidak terbaca sebagai nama. Tulis nama dengan huruf, paling panjang 200 huruf."
            | "This cannot be read as a name. Write the name in letters, at most 200.",
        NikReadAsNumber = "NIK terbaca sebagai angka, digit bisa hilang. Ubah format kolom menjadi Teks, lalu ketik ulang 16 digitnya."
            | "The NIK was read as a number, digits may be lost. Format the column as Text and type its 16 digits again.",
        NikLastDigitsLost { count: usize }
            = "Semua {count} NIK berakhir dengan 0: kolomnya pernah menjadi angka dan digit terakhir hilang. Ubah format kolom \
                menjadi Teks, lalu ketik ulang NIK."
            | "All {count} NIKs end in 0: the column was numeric once and the last digits are lost. Format it as Text and type the \
                NIKs again.",
        NikNotSixteenDigits { digits: usize } = "NIK harus 16 digit; di sini terbaca {digits}. Salin ulang dari KTP."
            | "A NIK has 16 digits; {digits} were read here. Copy it again from the identity card.",
        NikNoSuchDate = "Digit tanggal di NIK bukan tanggal yang ada. Periksa digit ke-7 sampai ke-12 pada KTP."
            | "The date digits of the NIK name no day. Check digits 7 to 12 on the identity card.",
        NikDisagreesWithBirthDate = "Tanggal lahir tidak sama dengan tanggal di NIK. Periksa keduanya pada KTP."
            | "The birth date differs from the one in the NIK. Check both on the identity card.",
        NikDisagreesWithSex = "Jenis kelamin tidak sesuai dengan NIK (perempuan: tanggal + 40). Periksa pada KTP."
            | "The sex disagrees with the NIK (women: day + 40). Check it on the identity card.",
        DateNotUnderstood = "Tanggal tidak terbaca. Tulis hari/bulan/tahun, misalnya 28/01/2026 atau 28 Januari 2026."
            | "The date cannot be read. Write day/month/year, for example 28/01/2026 or 28 January 2026.",
        DateTwoDigitYear = "Tahun harus tahun 4 digit, misalnya 28/01/2026."
            | "The year needs 4 digits, for example 28/01/2026.",
        NoSuchDay = "Tanggal ini tidak ada di kalender. Hari ditulis sebelum bulan: hari/bulan/tahun."
            | "The calendar has no such day. The day comes before the month: day/month/year.",
        BirthDateTwoDigitYear = "Tahun lahir harus tahun 4 digit, misalnya 05/12/1968."
            | "The year of birth needs 4 digits, for example 05/12/1968.",
        BirthDateFuture = "Tanggal lahir ada di masa depan. Periksa tahunnya."
            | "The birth date lies in the future. Check the year.",
        AgeOutOfRange { age: i32, least: i32, most: i32 }
            = "Umur menjadi {age} tahun; peserta berumur {least} sampai {most}. Periksa tanggal lahir."
            | "This makes the age {age}; participants are {least} to {most}. Check the birth date.",
        DatesReversed = "Tanggal selesai mendahului tanggal mulai. Periksa keduanya; hari ditulis sebelum bulan."
            | "The end comes before the beginning. Check both; the day comes before the month.",
        PhoneNotUnderstood = "Nomor telepon tidak terbaca, baris disimpan tanpa nomor. Tulis seperti 0812-3456-7890."
            | "The telephone number cannot be read; the row is kept without it. Write it like 0812-3456-7890.",
        EmailNotUnderstood = "Alamat email tidak terbaca, baris disimpan tanpa email. Tulis seperti nama@contoh.id."
            | "The e-mail address cannot be read; the row is kept without it. Write it like name@example.com.",
        SexNotUnderstood = "Jenis kelamin tidak terbaca. Tulis L atau P."
            | "The sex cannot be read. Write L (male) or P (female).",
        DuplicateNik { first: u32, second: u32 }
            = "NIK yang sama ada di baris {first} dan baris {second}. Hapus salah satu, atau perbaiki NIK-nya."
            | "The same NIK stands in row {first} and row {second}. Delete one, or correct the NIK.",
        DuplicateCertificate { number: String, first: u32, second: u32 }
            = "Nomor sertifikat {number} ada di baris {first} dan baris {second}. Setiap sertifikat punya nomor sendiri; perbaiki \
                salah satu."
            | "Certificate number {number} stands in row {first} and row {second}. Each certificate has its own number; correct one.",
        DuplicateCode { code: String, first: u32, second: u32 }
            = "Kode {code} ada di baris {first} dan baris {second}. Hapus atau perbaiki salah satu."
            | "Code {code} stands in row {first} and row {second}. Delete or correct one.",
        SameAgain { first: u32 } = "Baris ini mengulang baris {first} dan dilewati."
            | "This row repeats row {first} and is skipped.",
        ResultNotUnderstood = "Hasil tidak terbaca. Tulis Lulus, Tidak Lulus, atau Dalam Proses."
            | "The result cannot be read. Write Lulus (passed), Tidak Lulus (failed) or Dalam Proses (in progress).",
        AssessmentNotUnderstood = "Hasil unit tidak terbaca. Tulis K (kompeten) atau BK (belum kompeten), atau kosongkan."
            | "The unit's result cannot be read. Write K (competent) or BK (not yet competent), or leave it empty.",
        CompletionNotUnderstood = "Status selesai tidak terbaca dan diabaikan. Tulis Selesai atau Mengundurkan Diri."
            | "The completion cannot be read and is ignored. Write Selesai (finished) or Mengundurkan Diri (withdrew).",
        EmploymentNotUnderstood = "Status kebekerjaan tidak terbaca. Tulis Belum Bekerja, Bekerja, atau Wirausaha."
            | "The employment status cannot be read. Write Belum Bekerja (seeking), Bekerja (employed) or Wirausaha (self-employed).",
        UnitCodeNotUnderstood = "Kode unit tidak terbaca. Tulis seperti pada SKKNI, misalnya C.14GMT06.010.1."
            | "The unit code cannot be read. Write it as the standard does, for example C.14GMT06.010.1.",
        UnitColumnNotUnderstood
            = "Judul kolom ini mirip kode unit tetapi tidak terbaca, jadi kolomnya dilewati. Tulis seperti C.14GMT06.010.1."
            | "This header looks like a unit code but cannot be read, so the column is skipped. Write it like C.14GMT06.010.1.",
        ChoiceNotUnderstood { choices: String } = "Isi tidak dikenal. Pilih salah satu: {choices}."
            | "Not known. Choose one of: {choices}.",
        DistrictUnknown = "Kecamatan tidak dikenal; kecamatan kelas yang dipakai. Tulis nama atau kode Kemendagri, misalnya 35.13.17."
            | "The district is not known; the class's is taken. Write its name or Kemendagri code, for example 35.13.17.",
        DistrictAmbiguous { candidates: String }
            = "Ada beberapa kecamatan dengan nama ini ({candidates}); kecamatan kelas yang dipakai. Tulis kodenya."
            | "Several districts bear this name ({candidates}); the class's is taken. Write the code.",
        RegionCodeNotUnderstood = "Kode wilayah tidak terbaca. Tulis seperti 35, 35.13, atau 35.13.17, dan simpan sel sebagai Teks."
            | "The region code cannot be read. Write it like 35, 35.13 or 35.13.17, in a text cell.",
        NumberNotUnderstood { least: i64, most: i64 } = "Tulis angka bulat dari {least} sampai {most}."
            | "Write a whole number from {least} to {most}.",
        MoneyNotUnderstood = "Jumlah rupiah tidak terbaca. Tulis seperti 2500000 atau Rp2.500.000."
            | "The amount cannot be read. Write it like 2500000 or Rp2.500.000.",
        RangeReversed = "Batas atas lebih kecil dari batas bawah. Tukar atau perbaiki keduanya."
            | "The most is less than the least. Swap or correct them.",
        CertificateNumberMissing = "Sertifikat tanpa nomor diabaikan. Isi nomor sertifikatnya."
            | "A certificate without its number is ignored. Fill in the number.",
        EscoAddressNotUnderstood = "Alamat atau kode ESCO tidak terbaca. Tulis seperti di unduhan resmi: http://data.europa.eu/esco/skill/…"
            | "The ESCO address or code cannot be read. Write it as the official download does: http://data.europa.eu/esco/skill/…",
        SkillUnknown { skill: String, suggestion: String }
            = "Keterampilan \"{skill}\" tidak ada di ESCO yang sudah diimpor. Mungkin maksudnya \"{suggestion}\"? Perbaiki, atau impor ESCO dulu."
            | "The skill \"{skill}\" is not in the ESCO that was imported. Perhaps \"{suggestion}\" is meant? Correct it, or import ESCO first.",
        NoWords = "Isi tidak memuat kata. Tulis istilah seperti yang dipakai orang."
            | "This holds no word. Write the term as people use it.",
        UnitUnknown { code: String, suggestion: String }
            = "Unit \"{code}\" tidak ada di katalog. Mungkin maksudnya \"{suggestion}\"? Perbaiki kodenya, atau impor unitnya dulu."
            | "The unit \"{code}\" is not in the catalogue. Perhaps \"{suggestion}\" is meant? Correct the code, or import the unit first.",
        EmployerUnknown { name: String, suggestion: String }
            = "Perusahaan \"{name}\" belum terdaftar. Mungkin maksudnya \"{suggestion}\"? Perbaiki nama, atau daftarkan dulu."
            | "The company \"{name}\" is not registered. Perhaps \"{suggestion}\" is meant? Correct the name, or register it first.",
        CertificateTaken { number: String } = "Nomor sertifikat {number} sudah dipakai orang lain pada penerbit ini. Periksa nomornya."
            | "The certificate number {number} belongs to somebody else at this issuer. Check the number.",
        ClassUnnamed = "Baris ini tidak menyebut program, angkatan dan tanggalnya. Pilih angkatan saat mengunggah, atau lengkapi kolomnya."
            | "This row does not name its programme, batch and dates. Choose the batch when uploading, or fill in the columns.",
    }
}

impl RowProblem {
    /// A unit that is not in the catalogue, with the nearest if there is one.
    #[must_use]
    pub fn unknown_unit(code: &str, nearest: Option<&str>) -> Self {
        Self::UnitUnknown { code: code.to_owned(), suggestion: nearest.unwrap_or("-").to_owned() }
    }

    /// A skill that is not in the imported ESCO, with the nearest if there is one.
    #[must_use]
    pub fn unknown_skill(skill: &str, nearest: Option<&str>) -> Self {
        Self::SkillUnknown { skill: skill.to_owned(), suggestion: nearest.unwrap_or("-").to_owned() }
    }

    /// A company that is not among the partners, with the nearest of them if there is one.
    #[must_use]
    pub fn unknown_employer(name: &str, nearest: Option<&str>) -> Self {
        Self::EmployerUnknown { name: name.to_owned(), suggestion: nearest.unwrap_or("-").to_owned() }
    }
}
