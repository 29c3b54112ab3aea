//! The page that tells whether a certificate is genuine.

use crate::texts;

texts! {
    /// A text of the verification page.
    pub enum VerifyText {
        Title = "Pemeriksaan sertifikat" | "Certificate check",
        Valid = "Sertifikat ini berlaku." | "This certificate is valid.",
        Expired = "Masa berlaku sertifikat ini sudah habis." | "This certificate has expired.",
        Revoked = "Sertifikat ini sudah dicabut." | "This certificate was revoked.",
        NotFound = "Tidak ada sertifikat dengan kode ini." | "There is no certificate with this code.",
        NotFoundAdvice = "Periksa lagi kode yang tercetak pada sertifikat." | "Check the code printed on the certificate again.",
        Holder = "Pemegang" | "Holder",
        HolderErased = "data pribadi dihapus" | "personal data erased",
        Kind = "Jenis" | "Kind",
        KindBnsp = "Sertifikat kompetensi (BNSP)" | "Competency certificate (BNSP)",
        KindTraining = "Sertifikat pelatihan" | "Training certificate",
        KindIndustry = "Surat keterangan perusahaan" | "Company's letter",
        Number = "Nomor" | "Number",
        Issuer = "Penerbit" | "Issuer",
        IssuedOn = "Tanggal terbit" | "Issued on",
        ValidUntil = "Berlaku sampai" | "Valid until",
        NoEnd = "tanpa batas waktu" | "without end",
        RevokedOn = "Dicabut pada" | "Revoked on",
        Reason = "Alasan" | "Reason",
        Units = "Unit kompetensi" | "Competency units",
    }
}
