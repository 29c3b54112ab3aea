//! Complaints about rows: where, what was read, what is wrong, what to do.
//!
//! A complaint never carries a whole NIK.

use crate::coded_enum;
use crate::words::import::RowProblem;

coded_enum! {
    /// Whether a row can be used in spite of a complaint.
    pub enum Severity {
        /// The row is refused.
        Error = "error",
        /// The row is taken without the doubtful part.
        Warning = "warning",
    }
}

/// One complaint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The row as the spreadsheet program numbers it; 0 where the whole sheet is meant.
    pub row: u32,
    /// The header as written; empty where no column is meant.
    pub column: String,
    /// What was read, shortened, identity numbers masked.
    pub read: String,
    /// What is wrong and what to do.
    pub message: RowProblem,
}

impl Problem {
    /// A complaint; what was read is shortened and masked here, so that no caller can forget it.
    #[must_use]
    pub fn new(row: u32, column: &str, read: &str, message: RowProblem) -> Self {
        Self { row, column: column.split_whitespace().collect::<Vec<_>>().join(" "), read: excerpt(read), message }
    }

    /// The stable code.
    #[must_use]
    pub fn code(&self) -> ImportProblem {
        ImportProblem::of(&self.message)
    }

    /// Whether the row is refused.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.code().severity()
    }
}

/// At most 60 characters, with all but the last four of any long run of digits starred.
#[must_use]
pub fn excerpt(text: &str) -> String {
    let shown: String = text.trim().chars().map(|c| if c.is_control() { ' ' } else { c }).take(60).collect();
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '.' | '-');
    let mut masked = String::with_capacity(shown.len());
    let mut rest = shown.as_str();
    while let Some(c) = rest.chars().next() {
        let run_end = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
        let end = if c.is_ascii_digit() { run_end } else { c.len_utf8() };
        let (run, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
        masked.push_str(&masked_run(run));
        rest = after;
    }
    masked
}

fn masked_run(run: &str) -> String {
    let digits = run.bytes().filter(u8::is_ascii_digit).count();
    // Telephone numbers have up to 13 digits here, identity numbers 16, or 15 where one was lost.
    if digits < 14 {
        return run.to_owned();
    }
    let mut seen = 0;
    let star = |c: char| {
        seen += usize::from(c.is_ascii_digit());
        if c.is_ascii_digit() && seen + 4 <= digits { '*' } else { c }
    };
    run.chars().map(star).collect()
}

/// Declares the codes, their severity and which message has which code, in one table.
macro_rules! import_problems {
    ($($variant:ident = $code:literal, $severity:ident, $doc:literal;)+) => {
        coded_enum! {
            /// Everything that can be wrong with a row.
            pub enum ImportProblem { $(#[doc = $doc] $variant = $code),+ }
        }

        impl ImportProblem {
            /// The code of a message.
            #[must_use]
            pub fn of(message: &RowProblem) -> Self {
                match message { $(RowProblem::$variant { .. } => Self::$variant),+ }
            }

            /// Whether it refuses the row.
            #[must_use]
            pub fn severity(self) -> Severity {
                match self { $(Self::$variant => Severity::$severity),+ }
            }
        }
    };
}

import_problems! {
    HeaderNotFound = "header_not_found", Error, "No row looks like a header.";
    ColumnMissing = "column_missing", Error, "A required column is not there.";
    ColumnTwice = "column_twice", Warning, "A column stands twice; the first is read.";
    RowSkipped = "row_skipped", Warning, "A row that looks like a footer was skipped.";
    ValueMissing = "value_missing", Error, "A required cell is empty.";
    TextTooLong = "text_too_long", Error, "More text than the field takes.";
    NameMissing = "name_missing", Error, "No name.";
    NameNotUnderstood = "name_not_understood", Error, "Not a name.";
    NikReadAsNumber = "nik_read_as_number", Error, "The NIK is a number and may have lost digits.";
    NikLastDigitsLost = "nik_last_digits_lost", Error, "Every NIK of the file ends in 0: a column once numeric.";
    NikNotSixteenDigits = "nik_not_sixteen_digits", Error, "The NIK has not 16 digits.";
    NikNoSuchDate = "nik_no_such_date", Warning, "The date digits of the NIK name no day.";
    NikDisagreesWithBirthDate = "nik_disagrees_with_birth_date", Warning, "NIK and birth date tell different days.";
    NikDisagreesWithSex = "nik_disagrees_with_sex", Warning, "NIK and sex disagree.";
    DateNotUnderstood = "date_not_understood", Error, "Not a date.";
    DateTwoDigitYear = "date_two_digit_year", Error, "A year of two digits.";
    NoSuchDay = "no_such_day", Error, "A day that no calendar has.";
    BirthDateTwoDigitYear = "birth_date_two_digit_year", Error, "A birth year of two digits.";
    BirthDateFuture = "birth_date_future", Error, "Born in the future.";
    AgeOutOfRange = "age_out_of_range", Error, "Too young or too old.";
    DatesReversed = "dates_reversed", Error, "Ends before it begins.";
    PhoneNotUnderstood = "phone_not_understood", Warning, "Not a telephone number.";
    EmailNotUnderstood = "email_not_understood", Warning, "Not an e-mail address.";
    SexNotUnderstood = "sex_not_understood", Error, "Neither L nor P.";
    DuplicateNik = "duplicate_in_file", Error, "The same NIK in two rows.";
    DuplicateCertificate = "duplicate_certificate", Error, "The same certificate in two rows.";
    DuplicateCode = "duplicate_code", Error, "The same code in two rows.";
    SameAgain = "same_again", Warning, "The row repeats another and is skipped.";
    ResultNotUnderstood = "result_not_understood", Error, "Not a result.";
    AssessmentNotUnderstood = "assessment_not_understood", Error, "Neither K nor BK.";
    CompletionNotUnderstood = "completion_not_understood", Warning, "Neither finished nor withdrawn.";
    EmploymentNotUnderstood = "employment_not_understood", Error, "Not an employment status.";
    UnitCodeNotUnderstood = "unit_code_not_understood", Error, "Not a unit code.";
    UnitColumnNotUnderstood = "unit_column_not_understood", Warning, "A header that is nearly a unit code.";
    ChoiceNotUnderstood = "choice_not_understood", Error, "None of the words allowed.";
    DistrictUnknown = "district_unknown", Warning, "No such district; the class's is taken.";
    DistrictAmbiguous = "district_ambiguous", Warning, "Several districts of this name; the class's is taken.";
    RegionCodeNotUnderstood = "region_code_not_understood", Error, "Not a region code.";
    NumberNotUnderstood = "number_not_understood", Error, "Not a number in range.";
    MoneyNotUnderstood = "money_not_understood", Error, "Not an amount.";
    RangeReversed = "range_reversed", Error, "The most is less than the least.";
    CertificateNumberMissing = "certificate_number_missing", Warning, "A certificate without its number.";
    CertificateTaken = "certificate_number_taken", Error, "Another person holds this number of this issuer.";
    ClassUnnamed = "class_unnamed", Error, "Neither the upload nor the row names the class.";
    EscoAddressNotUnderstood = "esco_address_not_understood", Error, "Not an address of ESCO.";
    SkillUnknown = "skill_unknown", Error, "No such ESCO skill; perhaps another is meant.";
    NoWords = "no_words", Error, "A text without a word.";
    UnitUnknown = "unit_unknown", Error, "No such unit; perhaps another is meant.";
    EmployerUnknown = "employer_unknown", Error, "No such partner; perhaps another is meant.";
}
