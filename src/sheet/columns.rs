//! The columns we know, by the many names their headers bear; the names are facts in `data/columns.csv`.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use crate::coded_enum;
use crate::engine::name::search_key;

coded_enum! {
    /// What a sheet lists.
    pub enum SheetKind {
        /// People of a class.
        Participants = "participants",
        /// Competency units.
        Units = "units",
        /// Certification schemes.
        Schemes = "schemes",
        /// Provinces, regencies, districts.
        Regions = "regions",
        /// Minimum wages.
        Wages = "wages",
        /// Vacancies.
        Vacancies = "vacancies",
        /// What an office's own words mean.
        Lexicon = "lexicon",
        /// A table of ESCO.
        Esco = "esco",
        /// Proposals which ESCO skill a unit teaches.
        EscoLinks = "esco-links",
    }
}

impl SheetKind {
    /// The columns without which a sheet of this kind says nothing.
    #[must_use]
    pub fn required(self) -> &'static [Column] {
        match self {
            Self::Participants => &[Column::Name],
            Self::Units => &[Column::Title],
            Self::Schemes | Self::Regions => &[Column::Code, Column::Title],
            Self::Wages => &[Column::Code, Column::Year, Column::Monthly],
            Self::Vacancies => &[Column::Employer, Column::Title, Column::Positions],
            // Its tables differ; which one it is, `esco` finds out.
            Self::Esco => &[],
            Self::Lexicon => &[Column::Text, Column::Code],
            Self::EscoLinks => &[Column::Code],
        }
    }
}

coded_enum! {
    /// A column we know.
    pub enum Column {
    /// NO.
    Ordinal = "ordinal",
    /// KODE TRANSAKSI.
    Transaction = "transaction",
    /// Nama.
    Name = "name",
    /// NIK.
    Nik = "nik",
    /// No. HP.
    Phone = "phone",
    /// Email.
    Email = "email",
    /// Jenis Kelamin.
    Sex = "sex",
    /// Alamat.
    Address = "address",
    /// Kecamatan.
    District = "district",
    /// Kabupaten/Kota.
    Regency = "regency",
    /// Tempat Lahir.
    BirthPlace = "birth_place",
    /// Tanggal Lahir.
    BirthDate = "birth_date",
    /// Usia.
    Age = "age",
    /// Pendidikan Terakhir.
    Education = "education",
    /// Disabilitas Tipe Disabilitas.
    Disability = "disability",
    /// Pernah Bekerja di Luar Negeri.
    WorkedAbroad = "worked_abroad",
    /// Berminat Bekerja di Luar Negeri.
    WantsAbroad = "wants_abroad",
    /// Judul Program Pelatihan.
    Programme = "programme",
    /// Kejuruan.
    Trade = "trade",
    /// Metode Pelatihan.
    Method = "method",
    /// Jenis Pelatihan.
    TrainingType = "training_type",
    /// Angkatan.
    Batch = "batch",
    /// Durasi (JP).
    Hours = "hours",
    /// Biaya Pelatihan.
    Cost = "cost",
    /// Tanggal Mulai Pelatihan.
    StartsOn = "starts_on",
    /// Tanggal Selesai Pelatihan.
    EndsOn = "ends_on",
    /// Absensi.
    Attendance = "attendance",
    /// Status Selesai Pelatihan.
    Completion = "completion",
    /// Status Kelulusan.
    Result = "result",
    /// Sumber Anggaran.
    Fund = "fund",
    /// Status Kebekerjaan.
    Employment = "employment",
    /// Nama Perusahaan/Nama Usaha.
    Employer = "employer",
    /// Lokasi Penempatan (Kota/Kab).
    WorkPlace = "work_place",
    /// Status.
    PlacementStatus = "placement_status",
    /// jabatan.
    JobTitle = "job_title",
    /// Tanggal Penempatan.
    PlacedOn = "placed_on",
    /// No. Sertifikat.
    CertificateNumber = "certificate_number",
    /// Jenis Sertifikat.
    CertificateKind = "certificate_kind",
    /// Penerbit Sertifikat.
    CertificateIssuer = "certificate_issuer",
    /// Tanggal Terbit Sertifikat.
    CertificateIssuedOn = "certificate_issued_on",
    /// Berlaku Sampai.
    CertificateValidUntil = "certificate_valid_until",
    /// Kode Unit.
    Code = "code",
    /// Judul Unit.
    Title = "title",
    /// SKKNI.
    Decree = "decree",
    /// Sektor.
    Sector = "sector",
    /// Sumber.
    Source = "source",
    /// Status.
    Standing = "standing",
    /// Varian Judul.
    Alternatives = "alternatives",
    /// Jenis.
    SchemeKind = "scheme_kind",
    /// Profesi.
    Occupation = "occupation",
    /// Unit.
    Units = "units",
    /// Provinsi.
    Province = "province",
    /// Lat.
    Latitude = "latitude",
    /// Lng.
    Longitude = "longitude",
    /// Tahun.
    Year = "year",
    /// Jenis.
    WageKind = "wage_kind",
    /// Rupiah per Bulan.
    Monthly = "monthly",
    /// Berlaku Mulai.
    ValidFrom = "valid_from",
    /// Posisi.
    Positions = "positions",
    /// Tutup.
    ClosesOn = "closes_on",
    /// Upah Min.
    WageMin = "wage_min",
    /// Upah Maks.
    WageMax = "wage_max",
    /// Satuan Upah.
    WageUnit = "wage_unit",
    /// Jenis Kontrak.
    Contract = "contract",
    /// Persyaratan.
    Requirements = "requirements",
    /// Istilah.
    Text = "text",
    /// conceptUri.
    EscoConcept = "esco_concept",
    /// skillUri.
    EscoSkill = "esco_skill",
    /// Label ESCO.
    EscoLabel = "esco_label",
    /// occupationUri.
    EscoOccupation = "esco_occupation",
    /// broaderUri.
    EscoBroader = "esco_broader",
    /// relationType.
    Relation = "relation",
    /// conceptType.
    ConceptKind = "concept_kind",
    /// skillType.
    SkillKind = "skill_kind",
    /// iscoGroup.
    IscoGroup = "isco_group",
    }
}

const FACTS: &str = include_str!("../../data/columns.csv");

/// Headers of one kind: the folded name of each, and how each is written in a message.
#[derive(Debug, Default)]
struct Names {
    by_key: FxHashMap<String, Column>,
    headers: FxHashMap<Column, String>,
}

/// The column a header names in a sheet of this kind, whatever its case, spaces, line breaks and punctuation.
#[must_use]
pub fn known(kind: SheetKind, header: &str) -> Option<Column> {
    names(kind).by_key.get(&search_key(header)).copied()
}

/// How a column's header is written in our own sheets and messages.
#[must_use]
pub fn header_of(kind: SheetKind, column: Column) -> &'static str {
    names(kind).headers.get(&column).map_or(column.code(), String::as_str)
}

/// Every kind, header and synonym of the facts, for tests that they are unique.
pub fn facts() -> impl Iterator<Item = (SheetKind, Column, String)> {
    let mut reader = csv::Reader::from_reader(FACTS.as_bytes());
    let records: Vec<csv::StringRecord> = reader.records().filter_map(Result::ok).collect();
    records.into_iter().filter_map(|record| fact(&record)).flatten()
}

fn fact(record: &csv::StringRecord) -> Option<Vec<(SheetKind, Column, String)>> {
    let kind = SheetKind::parse(record.get(0)?)?;
    let column = Column::parse(record.get(1)?)?;
    let synonyms = record.get(3)?.split(" ; ");
    Some(std::iter::once(record.get(2)?).chain(synonyms).map(|header| (kind, column, header.trim().to_owned())).collect())
}

fn names(kind: SheetKind) -> &'static Names {
    static ALL: OnceLock<FxHashMap<SheetKind, Names>> = OnceLock::new();
    static NONE: OnceLock<Names> = OnceLock::new();
    let all = ALL.get_or_init(|| {
        let mut all: FxHashMap<SheetKind, Names> = FxHashMap::default();
        for (kind, column, header) in facts() {
            let names = all.entry(kind).or_default();
            names.by_key.entry(search_key(&header)).or_insert(column);
            // The first of a line is the header itself, its synonyms follow.
            names.headers.entry(column).or_insert(header);
        }
        all
    });
    all.get(&kind).unwrap_or_else(|| NONE.get_or_init(Names::default))
}
