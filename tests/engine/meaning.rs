//! Word vectors: what is near what, on every machine, and a damaged table.

use rstest::rstest;
use serap::engine::text::meaning::{DIMENSIONS, DamagedTable, Meaning, Table, embed};
use serap::engine::text::tokens;

const SHIPPED: &[u8] = include_bytes!("../../data/meaning.bin");

fn meaning(text: &str) -> Meaning {
    embed(tokens(text).iter().map(String::as_str)).unwrap_or_else(|| panic!("no word of `{text}` is known"))
}

/// A table of a few words, written as the layout says; leaked, as a table lives as long as the program.
fn table_of(words: &[(&str, u8, [i8; DIMENSIONS])]) -> &'static [u8] {
    let mut body = Vec::new();
    body.extend(u16::try_from(words.len()).expect("few words").to_le_bytes());
    body.extend(u16::try_from(DIMENSIONS).expect("few dimensions").to_le_bytes());
    body.extend(words.iter().flat_map(|(word, ..)| word.bytes().chain([b'\n'])));
    body.extend(words.iter().map(|(_, weight, _)| *weight));
    body.extend(words.iter().flat_map(|(.., numbers)| numbers.iter().map(|number| number.cast_unsigned())));
    let sum = body.iter().fold(0xcbf2_9ce4_8422_2325_u64, |sum, byte| (sum ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3));
    let mut whole = b"meaning1".to_vec();
    whole.extend(sum.to_le_bytes());
    whole.extend(body);
    whole.leak()
}

/// A vector with these first numbers, the rest nought.
fn along(numbers: &[i8]) -> [i8; DIMENSIONS] {
    let mut vector = [0; DIMENSIONS];
    for (to, number) in vector.iter_mut().zip(numbers) {
        *to = *number;
    }
    vector
}

#[test]
fn the_shipped_table_is_whole() {
    let table = Table::read(SHIPPED).expect("a whole table");
    assert!(table.len() > 8_000 && !table.is_empty());
    assert!(SHIPPED.len() < 1_500_000, "{} bytes", SHIPPED.len());
}

#[rstest]
#[case("penjahit", "tailor", "welder")]
#[case("tukang las", "welder", "tailor")]
#[case("juru masak", "cook", "bricklayer")]
#[case("perawat", "nurse", "electrician")]
#[case("operator mesin jahit", "sewing machine operator", "truck driver")]
#[case("petani padi", "rice farmer", "accountant")]
#[case("teknisi komputer", "computer technician", "hairdresser")]
#[case("sopir truk", "lorry driver", "dressmaker")]
#[case("lawyer", "attorney", "surgeon")]
fn one_trade_in_other_words_is_nearer_than_another_trade(#[case] text: &str, #[case] same: &str, #[case] other: &str) {
    let (near, far) = (meaning(text).likeness(&meaning(same)), meaning(text).likeness(&meaning(other)));
    assert!(near > far + 0.2, "{text}: {same} {near}, {other} {far}");
}

#[test]
fn a_meaning_is_wholly_like_itself_whatever_the_order_of_its_words() {
    let (one, other) = (meaning("operator jahit garmen"), meaning("garmen operator JAHIT"));
    assert_eq!(one, other);
    assert!((one.likeness(&other) - 1.0).abs() < 1e-6);
    let (a, b) = (meaning("juru las"), meaning("perakit mebel"));
    assert_eq!(a.likeness(&b).to_bits(), b.likeness(&a).to_bits());
}

#[test]
fn words_outside_the_table_say_nothing() {
    assert_eq!(embed(["qzxwv", "xxyyzz"]), None);
    assert_eq!(embed([]), None);
    assert_eq!(meaning("penjahit qzxwv"), meaning("penjahit"));
}

#[test]
fn forms_of_a_word_fall_back_on_the_form_that_is_known() {
    let table = Table::read(table_of(&[("jahit", 10, along(&[0, 9])), ("welder", 10, along(&[9]))])).expect("a table");
    assert_eq!(table.embed(["welders"]), table.embed(["welder"]));
    assert_eq!(table.embed(["penjahitan"]), table.embed(["jahit"]));
}

#[test]
fn the_sum_counts_weights_and_signs() {
    let table = Table::read(table_of(&[("a", 2, along(&[3, 0])), ("b", 1, along(&[0, -8])), ("c", 1, along(&[-6]))])).expect("a table");
    let (a, b) = (table.embed(["a"]).expect("known"), table.embed(["b"]).expect("known"));
    let both = table.embed(["b", "a"]).expect("known");
    // 6 and -8 of length 10; numbers of one byte are a hundredth off at most.
    assert!((both.likeness(&a) - 0.6).abs() < 0.01, "{}", both.likeness(&a));
    assert!((both.likeness(&b) - 0.8).abs() < 0.01, "{}", both.likeness(&b));
    assert!(a.likeness(&b).abs() < 1e-6);
    assert_eq!(table.embed(["a", "c"]), None, "words that cancel out point nowhere");
}

#[test]
fn a_damaged_table_is_refused() {
    let whole = table_of(&[("las", 200, along(&[1, 2])), ("obras", 100, along(&[3, 4]))]);
    assert_eq!(Table::read(whole).map(|table| table.len()), Ok(2));
    for end in 0..whole.len() {
        assert!(Table::read(whole.get(..end).expect("a part")).is_err(), "cut at {end}");
    }
    for place in 0..whole.len() {
        let mut bytes = whole.to_vec();
        if let Some(byte) = bytes.get_mut(place) {
            *byte ^= 0x20;
        }
        assert!(Table::read(bytes.leak()).is_err(), "changed at {place}");
    }
    assert_eq!(Table::read(b"a text file that is long enough").map(|table| table.len()), Err(DamagedTable::Unmarked));
}

#[test]
fn a_table_out_of_order_is_refused() {
    let numbers = along(&[1]);
    for words in [["obras", "las"], ["las", "las"]] {
        let table = Table::read(table_of(&words.map(|word| (word, 1, numbers))));
        assert_eq!(table.map(|table| table.len()), Err(DamagedTable::Layout), "{words:?}");
    }
}
