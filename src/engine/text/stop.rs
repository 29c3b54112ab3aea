//! Words that carry no skill of their own: grammar, and the phrases with which a small firm begins any requirement.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

/// Grammar of both languages.
const GRAMMAR: &str = "yang dan atau di ke dari dengan untuk pada dalam secara oleh sebagai adalah ini itu para serta juga agar saat bagi antara \
    terhadap tentang sesuai setiap dapat akan telah sudah dgn utk yg dr pd dlm d a an the of and or in on to for with by as at from is are be into per \
    nya pun lah kah dll dsb etc";

/// Openers and fillers of requirement lines; they are dropped from a question as long as something else is left.
const FILLERS: &str = "bisa mampu paham memahami pahami menguasai mengerti tahu tau mahir terampil terbiasa biasa pandai ahli lihai butuh dibutuhkan \
    membutuhkan cari dicari mencari perlu diperlukan kebutuhan lowongan loker tenaga tukang juru operator pengalaman berpengalaman punya memiliki \
    minimal min maks maksimal diutamakan wajib harus mau bersedia sendiri dasar baik bagian sebagai posisi staf staff orang pekerja karyawan pegawai \
    melakukan melaksanakan kemampuan keterampilan keahlian skill skills able ability know knowledge experience experienced required must having have \
    good basic lancar familiar";

static GRAMMAR_WORDS: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| GRAMMAR.split_whitespace().collect());
static FILLER_WORDS: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| FILLERS.split_whitespace().collect());

/// Whether a folded token is a word of grammar.
#[must_use]
pub fn is_stop(token: &str) -> bool {
    GRAMMAR_WORDS.contains(token)
}

/// Whether a folded token only opens or fills a requirement.
#[must_use]
pub fn is_filler(token: &str) -> bool {
    FILLER_WORDS.contains(token)
}
