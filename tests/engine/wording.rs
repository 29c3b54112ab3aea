//! Taking a vacancy's sentence apart, and wording that shuts people out.

use proptest::prelude::*;
use rstest::rstest;
use serap::engine::resolve::phrases::kind_of;
use serap::engine::resolve::wording::{FlagKind, flags};
use serap::engine::resolve::{PhraseKind, split_phrases};

#[test]
fn a_sentence_comes_apart() {
    let parts = split_phrases("butuh 5 operator obras dan jahit, paham K3, penempatan Maron");
    let parts: Vec<(&str, PhraseKind)> = parts.iter().map(|phrase| (phrase.text.as_str(), phrase.kind)).collect();
    let expected = [
        ("5", PhraseKind::Positions),
        ("operator obras", PhraseKind::Skill),
        ("jahit", PhraseKind::Skill),
        ("K3", PhraseKind::Skill),
        ("Maron", PhraseKind::Place),
    ];
    assert_eq!(parts, expected);
}

#[test]
fn dan_within_a_term_does_not_part_it() {
    let parts = split_phrases("paham keselamatan dan kesehatan kerja");
    assert_eq!(parts.iter().map(|phrase| phrase.text.as_str()).collect::<Vec<_>>(), ["keselamatan dan kesehatan kerja"]);
}

#[rstest]
#[case("gaji UMK plus lembur", PhraseKind::Wage)]
#[case("Rp 3.200.000", PhraseKind::Wage)]
#[case("maksimal 25 tahun", PhraseKind::Age)]
#[case("usia 18-30", PhraseKind::Age)]
#[case("belum menikah", PhraseKind::MaritalStatus)]
#[case("domisili Probolinggo", PhraseKind::Domicile)]
#[case("penempatan Probolinggo", PhraseKind::Place)]
#[case("pendidikan minimal SMP", PhraseKind::Education)]
#[case("jujur", PhraseKind::Character)]
#[case("jujur dan disiplin", PhraseKind::Character)]
#[case("berpenampilan menarik", PhraseKind::Looks)]
#[case("SIM C", PhraseKind::Licence)]
#[case("punya SIM B1 umum", PhraseKind::Licence)]
#[case("khusus wanita", PhraseKind::Sex)]
#[case("pengalaman minimal 1 tahun", PhraseKind::Experience)]
#[case("shift malam", PhraseKind::Shift)]
#[case("mulai kerja 1 Desember", PhraseKind::Start)]
#[case("kirim lamaran ke WA", PhraseKind::Other)]
#[case("punya motor sendiri", PhraseKind::Other)]
#[case("servis sepeda motor", PhraseKind::Skill)]
#[case("", PhraseKind::Other)]
#[case("jahit busana wanita", PhraseKind::Skill)]
#[case("menghitung gaji karyawan", PhraseKind::Skill)]
#[case("tukang obras pengalaman konveksi", PhraseKind::Skill)]
#[case("kerja tim", PhraseKind::Skill)]
fn lines_have_kinds(#[case] line: &str, #[case] kind: PhraseKind) {
    assert_eq!(kind_of(line), kind);
}

#[rstest]
#[case("usia maks. 25 tahun", FlagKind::Age, "usia maks. 25 tahun")]
#[case("Maksimal 25 tahun, jujur", FlagKind::Age, "Maksimal 25 tahun")]
#[case("max 35th, rajin", FlagKind::Age, "max 35th")]
#[case("umur 18-30thn", FlagKind::Age, "umur 18-30thn")]
#[case("umur 18 s/d 30 thn", FlagKind::Age, "umur 18 s/d 30 thn")]
#[case("berpenampilan menarik", FlagKind::Looks, "berpenampilan menarik")]
#[case("Good Looking", FlagKind::Looks, "Good Looking")]
#[case("khusus wanita", FlagKind::Sex, "khusus wanita")]
#[case("Laki-laki, rajin", FlagKind::Sex, "Laki-laki")]
#[case("belum menikah", FlagKind::MaritalStatus, "belum menikah")]
#[case("status single", FlagKind::MaritalStatus, "status single")]
#[case("beragama Islam", FlagKind::Religion, "beragama Islam")]
#[case("tidak cacat fisik", FlagKind::Disability, "tidak cacat fisik")]
fn discriminating_wording_is_flagged_as_written(#[case] text: &str, #[case] kind: FlagKind, #[case] written: &str) {
    let found: Vec<(FlagKind, String)> = flags(text).into_iter().map(|flag| (flag.kind, flag.text)).collect();
    assert_eq!(found, [(kind, written.to_owned())]);
}

#[rstest]
#[case("jahit busana wanita dan sepatu pria")]
#[case("pria/wanita")]
#[case("laki-laki atau perempuan boleh")]
#[case("pengalaman 20 tahun di konveksi")]
#[case("pengalaman minimal 15 tahun")]
#[case("sehat jasmani dan rohani")]
#[case("mesin jahit single needle")]
#[case("rias pengantin muslim")]
#[case("kontrak 25 bulan")]
#[case("bisa obras")]
fn fair_wording_is_left_alone(#[case] text: &str) {
    assert_eq!(flags(text), []);
}

proptest! {
    #[test]
    fn any_text_comes_apart_without_harm(text in "\\PC{0,200}") {
        let phrases = split_phrases(&text);
        prop_assert!(phrases.iter().all(|phrase| !phrase.text.is_empty()));
        for flag in flags(&text) {
            prop_assert!(text.contains(&flag.text));
        }
    }
}
