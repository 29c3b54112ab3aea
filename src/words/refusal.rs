//! The one table of refusals: a stable code, what kind it is, and the sentence in both languages.
//!
//! The API maps kinds to HTTP statuses in one place; nobody else invents a code.

use crate::words::{Language, Say};

/// What kind of refusal it is; each kind is one HTTP status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// The request cannot be read.
    Unreadable,
    /// A field is wrong.
    Invalid,
    /// Nobody is signed in.
    Unauthenticated,
    /// The role may not do this.
    Forbidden,
    /// Not there, or not in this actor's scope.
    NotFound,
    /// The state or the capacity does not allow it.
    Conflict,
    /// `If-Match` names an older version.
    Stale,
    /// `If-Match` is missing.
    PreconditionMissing,
    /// It was here and is gone for good.
    Gone,
    /// The body is too large.
    TooLarge,
    /// The media type is not one we read.
    UnsupportedMedia,
    /// The method is not one this address knows.
    MethodNotAllowed,
    /// Too many tries.
    Throttled,
    /// The database or another part cannot serve now.
    Unavailable,
    /// Our own mistake.
    Internal,
}

macro_rules! refusals {
    ($($(#[$meta:meta])* $variant:ident $({ $($field:ident : $type:ty),+ $(,)? })? = $class:ident $code:literal $id:literal | $en:literal),+ $(,)?) => {
        /// Why something was refused.
        #[derive(Debug, Clone, PartialEq, Eq)]
        #[allow(missing_docs, clippy::allow_attributes, reason = "each variant is documented by its two sentences")]
        pub enum Refusal { $($(#[$meta])* $variant $({ $($field: $type),+ })?),+ }

        impl Refusal {
            /// Every code with its class, for the documentation and its test.
            pub const TABLE: &'static [(&'static str, Class)] = &[$(($code, Class::$class)),+];

            /// The stable code.
            #[must_use]
            #[allow(unused_variables, clippy::allow_attributes, reason = "only the variant counts here")]
            pub fn code(&self) -> &'static str {
                match self { $(Self::$variant $({ $($field),+ })? => $code),+ }
            }

            /// What kind it is.
            #[must_use]
            #[allow(unused_variables, clippy::allow_attributes, reason = "only the variant counts here")]
            pub fn class(&self) -> Class {
                match self { $(Self::$variant $({ $($field),+ })? => Class::$class),+ }
            }
        }

        impl Say for Refusal {
            fn say(&self, language: Language) -> String {
                match language {
                    Language::Indonesian => match self { $(Self::$variant $({ $($field),+ })? => format!($id)),+ },
                    Language::English => match self { $(Self::$variant $({ $($field),+ })? => format!($en)),+ },
                }
            }
        }
    };
}

refusals! {
    // ---- requests
    BodyUnreadable { problem: String } = Unreadable "body_unreadable"
        "Isi permintaan tidak dapat dibaca: {problem}." | "The request body cannot be read: {problem}.",
    BodyMissing = Unreadable "body_missing" "Isi permintaan kosong." | "The request body is missing.",
    NotJson = UnsupportedMedia "not_json" "Kirim sebagai application/json." | "Send it as application/json.",
    NotAForm = UnsupportedMedia "not_a_form" "Kirim sebagai multipart/form-data." | "Send it as multipart/form-data.",
    BodyTooLarge { limit_kb: usize } = TooLarge "body_too_large"
        "Isi permintaan melebihi {limit_kb} kB." | "The request body is larger than {limit_kb} kB.",
    QueryUnreadable { problem: String } = Invalid "query_unreadable"
        "Parameter alamat tidak dapat dibaca: {problem}." | "The query parameters cannot be read: {problem}.",
    CursorUnreadable = Invalid "cursor_unreadable" "Penanda halaman tidak dikenali; mulai dari halaman pertama." | "The cursor is not one of ours; start from the first page.",
    CursorExpired = Gone "cursor_expired" "Penanda ini sudah tidak berlaku; baca semuanya lagi dari awal." | "This cursor is no longer valid; read everything anew.",
    FieldsInvalid = Invalid "fields_invalid" "Ada isian yang perlu diperbaiki." | "Some fields need correction.",
    FieldUnknown { field: String } = Invalid "field_unknown" "Isian `{field}` tidak dikenal." | "The field `{field}` is unknown.",
    FieldMissing { field: String } = Invalid "field_missing" "Isian `{field}` wajib ada." | "The field `{field}` is required.",
    FieldNotUnderstood { problem: String } = Invalid "field_not_understood" "Isian tidak dimengerti: {problem}." | "The field is not understood: {problem}.",
    TextRequired = Invalid "text_required" "Wajib diisi." | "This must not be empty.",
    TextTooLong { limit: usize } = Invalid "text_too_long" "Paling banyak {limit} huruf." | "At most {limit} characters.",
    ListTooLong { limit: usize } = Invalid "list_too_long" "Paling banyak {limit} butir." | "At most {limit} entries.",
    NumberOutOfRange { low: i64, high: i64 } = Invalid "number_out_of_range" "Harus antara {low} dan {high}." | "It must lie between {low} and {high}.",
    CodeUnknown { allowed: String } = Invalid "code_unknown" "Pilihan tidak dikenal; yang berlaku: {allowed}." | "Unknown value; allowed are: {allowed}.",
    DateOrder = Invalid "date_order" "Tanggal akhir tidak boleh mendahului tanggal awal." | "The end must not come before the start.",
    DatePast = Invalid "date_past" "Tanggal ini sudah lewat." | "This date has passed.",
    DateTooOld { days: i64 } = Invalid "date_too_old" "Lebih dari {days} hari yang lalu; periksa tahunnya." | "More than {days} days ago; check the year.",
    DateFuture = Invalid "date_future" "Tanggal ini belum tiba." | "This date lies in the future.",
    PreconditionMissing = PreconditionMissing "precondition_required"
        "Sertakan header If-Match dengan versi yang Anda baca." | "Send If-Match with the version you read.",
    VersionStale = Stale "version_stale" "Data ini sudah diubah orang lain; muat ulang lalu coba lagi." | "Somebody changed this meanwhile; reload and try again.",
    KeyInvalid = Invalid "idempotency_key_invalid" "Idempotency-Key harus 1 sampai 200 huruf." | "Idempotency-Key must be 1 to 200 characters.",
    KeyReused = Invalid "idempotency_key_reused" "Idempotency-Key ini sudah dipakai untuk isi yang lain." | "This Idempotency-Key was used with another body.",
    InFlight = Conflict "in_flight" "Permintaan yang sama sedang dikerjakan." | "The same request is being worked on.",
    NotFound = NotFound "not_found" "Tidak ditemukan." | "Not found.",
    MethodNotAllowed = MethodNotAllowed "method_not_allowed" "Cara ini tidak berlaku di alamat ini." | "This method does not apply here.",
    Unavailable = Unavailable "unavailable" "Layanan sedang tidak dapat menyimpan; coba lagi sebentar." | "The service cannot store right now; try again shortly.",
    Internal = Internal "internal" "Terjadi kesalahan di pihak kami; sudah dicatat." | "Something went wrong on our side; it has been recorded.",

    // ---- allocation
    FriendOfOneself = Invalid "friend_of_oneself" "Pasangan teman harus dua orang yang berbeda." | "Friends are two different people.",
    NotInAllocation = Invalid "not_in_allocation" "Tidak ikut dalam alokasi ini." | "It takes no part in this allocation.",
    FixedTwice = Invalid "fixed_twice" "Orang ini sudah dikunci pada lowongan lain." | "This person is fixed to another vacancy already.",
    FixedNoSeat { seats: u32 } = Invalid "fixed_no_seat"
        "Lowongan ini hanya punya {seats} kursi untuk yang dikunci." | "This vacancy has only {seats} seats for those fixed to it.",
    FixedOverLimit { most: u32 } = Invalid "fixed_over_limit"
        "Perusahaan ini paling banyak menerima {most} orang." | "This partner gets at most {most} people.",
    AllocationRunning = Conflict "allocation_running" "Alokasi ini masih dihitung." | "This allocation is still being worked out.",
    AllocationUnfinished { status: String } = Conflict "allocation_unfinished"
        "Alokasi ini tidak selesai ({status}); jalankan lagi." | "This allocation did not finish ({status}); run it again.",
    AllocationNotRunning = Conflict "allocation_not_running" "Alokasi ini sudah berhenti." | "This allocation runs no more.",
    AllocationSimulated = Conflict "allocation_simulated"
        "Ini hanya percobaan; jalankan tanpa `what_if` untuk memakainya." | "This only tries something out; run it without `what_if` to use it.",
    AllocationChosen = Conflict "allocation_chosen" "Sebuah rencana sudah dipilih dari alokasi ini." | "A plan of this allocation was chosen already.",
    WayNotThere = Invalid "way_not_there" "Cara ini tidak ada dalam alokasi tersebut." | "The allocation holds no such way.",

    // ---- accounts
    SignInNeeded = Unauthenticated "sign_in_needed" "Silakan masuk dahulu." | "Please sign in first.",
    SignInWrong = Unauthenticated "sign_in_wrong" "Nama pengguna atau kata sandi salah." | "Login or password is wrong.",
    SignInThrottled { minutes: i64 } = Throttled "sign_in_throttled"
        "Terlalu banyak percobaan; coba lagi dalam {minutes} menit." | "Too many tries; try again in {minutes} minutes.",
    RoleNotAllowed = Forbidden "role_not_allowed" "Peran Anda tidak boleh melakukan ini." | "Your role may not do this.",
    FieldNotYours { field: String } = Forbidden "field_not_yours"
        "Anda tidak dapat mengubah `{field}`; ajukan perbaikan kepada petugas." | "You cannot change `{field}`; ask the office for a correction.",
    ConflictOfInterest = Forbidden "conflict_of_interest" "Anda tidak dapat memutuskan tentang diri sendiri." | "You cannot decide about yourself.",
    SamePerson = Forbidden "same_person" "Yang mencatat tidak boleh memeriksa catatannya sendiri." | "Whoever recorded it cannot verify it.",
    LoginTaken = Conflict "login_taken" "Nama pengguna ini sudah dipakai." | "This login is taken.",
    LoginMalformed = Invalid "login_malformed" "Nama pengguna: 3 sampai 60 huruf kecil, angka, titik, garis." | "A login is 3 to 60 lower-case letters, digits, dots or dashes.",
    PasswordWeak { least: usize } = Invalid "password_weak" "Kata sandi paling sedikit {least} huruf." | "A password has at least {least} characters.",
    OfficeNeeded = Invalid "office_needed" "Sebutkan `office_id`." | "Name an `office_id`.",
    LinkInvalid = NotFound "link_invalid" "Tautan ini tidak berlaku lagi; minta tautan baru kepada petugas." | "This link is no longer valid; ask the office for a new one.",
    BirthDayWrong = Forbidden "birth_day_wrong" "Tanggal dan bulan lahir tidak cocok." | "Day and month of birth do not match.",

    // ---- people
    NameMalformed = Invalid "name_malformed" "Nama harus berisi huruf, paling banyak 200." | "A name has letters, at most 200 characters.",
    NikReadAsNumber = Invalid "nik_read_as_number" "NIK terbaca sebagai angka, digit bisa hilang; kirim sebagai teks." | "The NIK was read as a number, digits may be lost; send it as text.",
    NikNotSixteenDigits = Invalid "nik_not_sixteen_digits" "NIK harus 16 digit." | "A NIK has 16 digits.",
    NikKnown { ask: String } = Conflict "nik_known"
        "NIK ini sudah terdaftar di kantor Anda; tanyakan kepada {ask}." | "This NIK is already registered in your office; ask {ask}.",
    PhoneNotUnderstood = Invalid "phone_not_understood" "Nomor telepon tidak dikenali." | "The telephone number is not understood.",
    EmailNotUnderstood = Invalid "email_not_understood" "Alamat surel tidak dikenali." | "The e-mail address is not understood.",
    AgeOutOfRange { low: i32, high: i32 } = Invalid "age_out_of_range" "Umur harus {low} sampai {high} tahun." | "The age must be {low} to {high}.",
    DistrictUnknown = Invalid "district_unknown" "Kode wilayah tidak dikenal." | "The region code is unknown.",
    UnitUnknown { code: String } = Invalid "unit_unknown" "Unit kompetensi `{code}` tidak ada di katalog." | "The competency unit `{code}` is not in the catalogue.",
    LinkToItself = Invalid "link_to_itself" "Sebuah unit tidak dapat disetarakan dengan dirinya sendiri." | "A unit cannot be linked to itself.",
    CertificateNumberTaken = Conflict "certificate_number_taken" "Nomor sertifikat ini sudah ada pada penerbit yang sama." | "This issuer already has a certificate with this number.",
    CertificateRevoked = Conflict "certificate_revoked" "Sertifikat ini sudah dicabut." | "This certificate is already revoked.",
    AlreadyParticipant = Conflict "already_participant" "Orang ini sudah ada di angkatan ini." | "This person is already in this batch.",
    BatchFull { capacity: i32 } = Conflict "batch_full" "Angkatan ini penuh ({capacity} orang)." | "This batch is full ({capacity} people).",
    BatchClosed = Conflict "batch_closed" "Angkatan ini sudah ditutup." | "This batch is closed.",
    NotYetPassed = Conflict "not_yet_passed" "Belum ada peserta yang lulus di angkatan ini." | "Nobody in this batch has passed yet.",
    ParentConsentNeeded = Conflict "parent_consent_needed" "Di bawah 18 tahun: perlu persetujuan orang tua." | "Under 18: a parent's consent is needed.",
    FileTypeRefused = Invalid "file_type_refused" "Hanya PNG, JPEG atau PDF." | "Only PNG, JPEG or PDF.",
    FileMissing = Invalid "file_missing" "Berkas belum dilampirkan." | "No file was attached.",
    FileUnreadable = Invalid "file_unreadable" "Berkas tidak dapat dibaca." | "The file cannot be read.",

    // ---- partners and vacancies
    EmployerUnknown { suggestion: String } = Invalid "employer_unknown" "Perusahaan tidak dikenal. Maksud Anda: {suggestion}?" | "Unknown employer. Did you mean: {suggestion}?",
    EmployerUnlisted = Invalid "employer_unknown" "Perusahaan tidak dikenal; pilih dari daftar mitra." | "Unknown employer; choose one of the partners.",
    ReferenceUnknown { field: String } = Invalid "reference_unknown" "`{field}` menunjuk sesuatu yang tidak ada." | "`{field}` names something that does not exist.",
    OccupationUnknown = Invalid "occupation_unknown" "Kode KBJI tidak dikenal." | "The KBJI code is unknown.",
    EmployerKnown = Conflict "employer_known" "Perusahaan dengan NIB ini sudah ada." | "An employer with this NIB exists.",
    NibMalformed = Invalid "nib_malformed" "NIB harus 13 digit." | "A NIB has 13 digits.",
    NotAPartner = Conflict "not_a_partner" "Perusahaan ini belum bermitra dengan kantor ini." | "This employer has no partnership with this office.",
    PartnershipKnown = Conflict "partnership_known" "Kemitraan ini sudah ada." | "This partnership exists.",
    PositionsBelowFilled { filled: i32 } = Conflict "positions_below_filled" "Sudah {filled} kursi terisi." | "{filled} seats are already taken.",
    WageOrder = Invalid "wage_order" "Upah tertinggi lebih rendah dari upah terendah." | "The highest wage is below the lowest.",
    RequirementAmbiguous = Invalid "requirement_ambiguous" "Isi salah satu: `text` atau `unit`." | "Give either `text` or `unit`.",
    ExternalRefTaken = Conflict "external_ref_taken" "Lowongan dengan nomor rujukan ini sudah ada." | "A vacancy with this reference exists.",
    AbroadRefused = Invalid "abroad_refused" "Penempatan ke luar negeri tidak dilayani di sini." | "Work abroad is not served here.",
    DeclarationReasonNeeded = Invalid "declaration_reason_needed" "Tulis alasan batasan ini." | "Write the reason for this restriction.",
    NothingToApprove = Conflict "nothing_to_approve" "Tidak ada yang perlu disetujui." | "There is nothing to approve.",
    VacancyClosed = Conflict "vacancy_closed" "Lowongan ini sudah ditutup." | "This vacancy is closed.",
    VacancyNotPublished = Conflict "vacancy_not_published" "Lowongan ini belum terbit." | "This vacancy is not published.",
    WrongState { what: &'static str, state: &'static str, event: &'static str } = Conflict "wrong_state"
        "Tidak dapat `{event}`: {what} berstatus `{state}`." | "Cannot `{event}`: the {what} is `{state}`.",

    // ---- matching
    NotInList = NotFound "not_in_list" "Orang ini tidak ada di daftar." | "This person is not in the list.",
    ReasonNeeded = Invalid "reason_needed" "Alasan wajib diisi." | "A reason is needed.",
    NotEligible { reason: String } = Conflict "not_eligible" "Orang ini tidak dapat dicocokkan: {reason}." | "This person cannot be matched: {reason}.",

    PolicyUnreadable { line: usize, problem: String } = Invalid "policy_unreadable"
        "Kebijakan tidak terbaca sebagai TOML di baris {line}: {problem}." | "The policy cannot be read as TOML in line {line}: {problem}.",
    PolicyName = Invalid "policy_name" "`name` harus teks satu baris, 1 sampai 200 huruf." | "`name` must be one line of text, 1 to 200 characters.",
    PolicyNumber { field: &'static str, given: String, low: i64, high: i64 } = Invalid "policy_number"
        "`{field}` berisi {given}; yang boleh hanya bilangan bulat {low} sampai {high}."
        | "`{field}` is {given}; only a whole number from {low} to {high} is allowed.",
    PolicyOrder { weaker: &'static str, stronger: &'static str } = Invalid "policy_order"
        "`{weaker}` lebih besar dari `{stronger}`; bukti yang lebih lemah tidak boleh bernilai lebih."
        | "`{weaker}` is more than `{stronger}`; what proves less must not be worth more.",
    PolicySum { sum: i64 } = Invalid "policy_sum"
        "`units_weight`, `distance_weight`, `wage_weight` dan `start_weight` berjumlah {sum}; harus tepat 10000 (100 poin)."
        | "`units_weight`, `distance_weight`, `wage_weight` and `start_weight` make {sum}; together they must make 10000 (100 points).",
    PolicyVersionTaken { name: String, version: u32, next: i64 } = Conflict "policy_version_taken"
        "`{name}` versi {version} sudah ada; tulis version = {next}, atau hapus baris version."
        | "`{name}` version {version} exists; write version = {next}, or leave the version out.",
    PolicyInForce = Conflict "policy_in_force" "Kebijakan ini sudah berlaku." | "This policy is already in force.",
    PolicyJustChanged = Conflict "policy_just_changed"
        "Kebijakan baru saja diganti orang lain; lihat dulu, lalu coba lagi." | "Somebody just changed the policy; look first, then try again.",

    // ---- referrals, offers, placements
    SlotFull { positions: i32 } = Conflict "slot_full" "Semua {positions} kursi sudah terisi." | "All {positions} seats are taken.",
    NoFreeSeat = Conflict "no_free_seat" "Setiap kursi kosong sudah punya penawaran yang berjalan." | "Every free seat already has a live offer.",
    AlreadyPlaced = Conflict "already_placed" "Orang ini sudah ditempatkan penuh waktu." | "This person already has full-time work.",
    HoursExceeded { limit: i32 } = Conflict "hours_exceeded" "Jam kerja per minggu akan melebihi {limit}." | "Weekly hours would exceed {limit}.",
    PlacementKnown = Conflict "placement_known" "Penempatan ini sudah ada." | "This placement exists.",
    OfferKnown = Conflict "offer_known" "Orang ini sudah punya penawaran untuk lowongan ini." | "This person already has an offer for this vacancy.",
    OfferExpired = Conflict "offer_expired" "Tenggat penawaran ini sudah lewat." | "The deadline of this offer has passed.",
    OfferNotApproved = Conflict "offer_not_approved" "Perusahaan belum menyetujui penawaran ini." | "The employer has not approved this offer.",
    UndoOver = Conflict "undo_over" "Waktu untuk membatalkan jawaban sudah lewat." | "The time to undo the answer is over.",
    ConsentNeeded = Conflict "consent_needed" "Orang ini belum menyetujui rujukan ke perusahaan ini." | "This person has not agreed to be referred to this employer.",

    // ---- outcomes and reports
    AlreadyRetracted = Conflict "already_retracted" "Catatan ini sudah ditarik." | "This record was already retracted.",
    PeriodClosed = Conflict "period_closed" "Periode ini sudah ditutup." | "This period is already closed.",
    CheckpointUnknown = Invalid "checkpoint_unknown" "Titik periksa: 30, 90, 180 atau 365." | "A checkpoint is 30, 90, 180 or 365.",
    NikKnownElsewhere { office: String } = Conflict "nik_known_elsewhere"
        "NIK ini terdaftar juga pada {office}; hubungi kantor itu." | "This NIK is registered with {office} too; ask that office.",
    PersonErased = Conflict "person_erased" "Data pribadi orang ini sudah dihapus." | "This person's data has been erased.",
    ReserveFull { capacity: i32 } = Conflict "reserve_full" "Cadangan angkatan ini penuh ({capacity} orang)." | "The reserve list is full ({capacity} people).",
    ReserveOrder { rank: i32 } = Conflict "reserve_order"
        "Cadangan nomor {rank} belum mendapat giliran sebelumnya." | "Somebody stands before reserve number {rank}.",
    ClassRequestAnswered = Conflict "class_request_answered" "Permintaan kelas ini sudah dijawab." | "This class request was already answered.",
    ClassPlanDecided = Conflict "class_plan_decided" "Rencana kelas ini sudah diputuskan." | "This class plan was already decided.",
    NotInBatch = Invalid "not_in_batch" "Peserta ini tidak ada di angkatan ini." | "This participant is not in this batch.",
}
