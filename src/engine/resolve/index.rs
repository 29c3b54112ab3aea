//! Which rows hold which terms, with TF-IDF weights, in both directions: rows by term, and terms by row.

/// A number that stands for a term or a row.
pub(super) type Id = u32;

/// Lists of numbers with shares, one behind the other.
#[derive(Debug, Clone, Default)]
pub(super) struct Lists {
    ends: Vec<usize>,
    items: Vec<(Id, f32)>,
}

impl Lists {
    /// The items of a list; of one that is not there, none.
    pub(super) fn of(&self, list: usize) -> &[(Id, f32)] {
        let start = list.checked_sub(1).map_or(Some(0), |before| self.ends.get(before).copied());
        start.zip(self.ends.get(list)).and_then(|(start, end)| self.items.get(start..*end)).unwrap_or_default()
    }

    /// Puts a list behind the others.
    pub(super) fn push(&mut self, list: impl IntoIterator<Item = (Id, f32)>) {
        self.items.extend(list);
        self.ends.push(self.items.len());
    }

    /// How many lists there are.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }
}

/// An index with normalised TF-IDF weights.
#[derive(Debug, Clone, Default)]
pub(super) struct Index {
    /// How telling each term is.
    weights: Vec<f32>,
    /// The weight of a term that no row holds.
    rarest: f32,
    /// Each term's rows with the term's share of the row.
    pub(super) by_term: Lists,
    /// Each row's terms with the same shares.
    pub(super) by_row: Lists,
}

impl Index {
    /// Indexes rows of terms, each once a row, with how much it is there; terms are numbers below `terms`.
    pub(super) fn new(mut rows: Lists, terms: usize) -> Self {
        let mut held = vec![0_u32; terms];
        for (term, _) in &rows.items {
            if let Some(held) = held.get_mut(place(*term)) {
                *held += 1;
            }
        }
        let many = u32::try_from(rows.len()).unwrap_or(u32::MAX);
        let weights: Vec<f32> = held.iter().map(|held| idf(many, *held)).collect();
        let mut start = 0;
        for end in &rows.ends {
            let row = rows.items.get_mut(start..*end).unwrap_or_default();
            row.iter_mut().for_each(|(term, share)| *share *= weights.get(place(*term)).copied().unwrap_or(0.0));
            let length = row.iter().map(|(_, share)| share * share).sum::<f32>().sqrt().max(f32::MIN_POSITIVE);
            row.iter_mut().for_each(|(_, share)| *share /= length);
            start = *end;
        }
        Self { by_term: turned(&rows, &held), weights, rarest: idf(many, 0), by_row: rows }
    }

    /// How telling a term is; one that no row holds is as telling as can be.
    pub(super) fn weight(&self, term: Option<Id>) -> f32 {
        term.and_then(|term| self.weights.get(place(term)).copied()).unwrap_or(self.rarest)
    }
}

/// The lists the other way round: by item, the lists that hold it, in order.
fn turned(lists: &Lists, held: &[u32]) -> Lists {
    let mut next = Vec::with_capacity(held.len());
    let mut end = 0;
    let mut ends = Vec::with_capacity(held.len());
    for held in held {
        next.push(end);
        end += place(*held);
        ends.push(end);
    }
    let mut items = vec![(0, 0.0); end];
    for list in 0..lists.len() {
        for (item, share) in lists.of(list) {
            let Some(next) = next.get_mut(place(*item)) else { continue };
            if let Some(slot) = items.get_mut(*next) {
                *slot = (Id::try_from(list).unwrap_or(Id::MAX), *share);
            }
            *next += 1;
        }
    }
    Lists { ends, items }
}

/// Where a number's things stand.
pub(super) fn place(id: Id) -> usize {
    usize::try_from(id).unwrap_or(usize::MAX)
}

/// Terms with how often each occurs, in a fixed order, so that sums of fractions come out the same on every run.
pub(super) fn count<K: Ord>(mut terms: Vec<K>) -> Vec<(K, u16)> {
    terms.sort_unstable();
    let mut counted: Vec<(K, u16)> = Vec::with_capacity(terms.len());
    for term in terms {
        match counted.last_mut() {
            Some((last, times)) if *last == term => *times = times.saturating_add(1),
            _ => counted.push((term, 1)),
        }
    }
    counted
}

/// A word said three times does not mean three times as much.
pub(super) fn damped(times: u16) -> f32 {
    if times == 1 { 1.0 } else { 1.0 + f32::from(times).ln() }
}

/// Smoothed inverse document frequency.
fn idf(rows: u32, held: u32) -> f32 {
    narrowed(((1.0 + f64::from(rows)) / (1.0 + f64::from(held))).ln() + 1.0)
}

#[expect(clippy::cast_possible_truncation, reason = "an f32 holds weights with precision to spare")]
fn narrowed(value: f64) -> f32 {
    value as f32
}
