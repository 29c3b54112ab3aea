//! Indonesian roots, English plurals and the folding below them.

use rstest::rstest;
use serap::engine::text::{fold, root, singular, stem, terms, text_key, tokens};

#[rstest]
#[case("jahit", &["jahit", "menjahit", "penjahit", "jahitan", "dijahit", "penjahitan", "jahitkan", "menjahitnya"])]
#[case("las", &["las", "mengelas", "pengelas", "pengelasan", "dilas"])]
#[case("rawat", &["rawat", "merawat", "perawat", "perawatan", "dirawat"])]
#[case("rakit", &["rakit", "merakit", "perakit", "perakitan", "rakitan"])]
#[case("potong", &["memotong", "pemotongan", "potongan", "potong-potong", "dipotongkan"])]
#[case("setrika", &["menyetrika", "setrikaan", "penyetrikaan"])]
#[case("kemas", &["mengemas", "pengemasan", "kemasan", "dikemas"])]
#[case("kerja", &["bekerja", "pekerja", "pekerjaan", "dikerjakan", "mengerjakan"])]
#[case("cat", &["mengecat", "pengecatan", "dicat"])]
#[case("pasang", &["memasang", "pemasangan", "terpasang", "dipasangkan"])]
fn case_h1_word_families_meet(#[case] family: &str, #[case] words: &[&str]) {
    for word in words {
        assert_eq!(stem(word), family, "{word}");
    }
}

#[rstest]
#[case("kelas", "las")]
#[case("catatan", "cat")]
#[case("acara", "ac")]
#[case("belas", "las")]
#[case("malas", "las")]
#[case("pelanggan", "elang")]
fn case_h1_other_words_stay_apart(#[case] word: &str, #[case] other: &str) {
    assert_ne!(root(word), root(other));
}

#[rstest]
#[case("duties", "duty")]
#[case("welders", "welder")]
#[case("boxes", "box")]
#[case("glass", "glass")]
#[case("analysis", "analysis")]
#[case("tas", "tas")]
#[case("keras", "keras")]
fn english_plurals_fold(#[case] word: &str, #[case] expected: &str) {
    assert_eq!(singular(word), expected);
}

#[test]
fn writings_of_one_text_fold_alike() {
    let key = text_key("Jahit  OBRAS!");
    for written in ["jahit obras", "JAHIT-OBRAS", "jahit\u{a0}obras", "Jáhit obras", "jahit, obras.", "ｊａｈｉｔ obras"] {
        assert_eq!(text_key(written), key, "{written}");
    }
    assert_eq!(fold("Nur’aini"), fold("Nur'aini"));
    assert_eq!(tokens("servis A/C mobil"), ["servis", "ac", "mobil"]);
    assert_eq!(tokens("C++ / C#"), ["c++", "c#"]);
    assert_eq!(terms("yang dan di"), Vec::<String>::new());
}
