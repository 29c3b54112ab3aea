//! Unpacks DEFLATE (RFC 1951) under a byte limit that is counted while unpacking, never believed.
//!
//! Small and slow on purpose: it keeps no tables worth attacking, so that a hostile stream costs no more than its bytes.

/// Why a stream was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum InflateError {
    /// It holds more than allowed.
    TooLong,
    /// It is not DEFLATE.
    Damaged,
}

const LENGTHS: [(u16, u8); 29] = [
    (3, 0),
    (4, 0),
    (5, 0),
    (6, 0),
    (7, 0),
    (8, 0),
    (9, 0),
    (10, 0),
    (11, 1),
    (13, 1),
    (15, 1),
    (17, 1),
    (19, 2),
    (23, 2),
    (27, 2),
    (31, 2),
    (35, 3),
    (43, 3),
    (51, 3),
    (59, 3),
    (67, 4),
    (83, 4),
    (99, 4),
    (115, 4),
    (131, 5),
    (163, 5),
    (195, 5),
    (227, 5),
    (258, 0),
];

/// The order in which a block tells the lengths of its length codes.
const ORDER: [usize; 19] = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/// Unpacks a whole stream into at most `limit` bytes, appended to `out`.
pub(super) fn inflate(input: &[u8], limit: usize, out: &mut Vec<u8>) -> Result<(), InflateError> {
    let start = out.len();
    let mut sink = Sink { out, start, end: start.saturating_add(limit) };
    let mut bits = Bits { input: input.iter(), held: 0, count: 0 };
    loop {
        let last = bits.take(1)? == 1;
        match bits.take(2)? {
            0 => stored(&mut bits, &mut sink)?,
            1 => coded(&mut bits, &mut sink, &fixed_literals(), &Huffman::new(&[5; 30]))?,
            2 => {
                let (literals, distances) = dynamic_codes(&mut bits)?;
                coded(&mut bits, &mut sink, &literals, &distances)?;
            }
            _ => return Err(InflateError::Damaged),
        }
        if last {
            return Ok(());
        }
    }
}

/// Where the bytes go, and how many may.
struct Sink<'a> {
    out: &'a mut Vec<u8>,
    start: usize,
    end: usize,
}

impl Sink<'_> {
    fn push(&mut self, byte: u8) -> Result<(), InflateError> {
        if self.out.len() >= self.end {
            return Err(InflateError::TooLong);
        }
        self.out.push(byte);
        Ok(())
    }

    fn copy(&mut self, distance: usize, length: usize) -> Result<(), InflateError> {
        let from = self.out.len().checked_sub(distance).filter(|from| *from >= self.start).ok_or(InflateError::Damaged)?;
        if self.end - self.out.len() < length {
            return Err(InflateError::TooLong);
        }
        let mut missing = length;
        while missing > 0 {
            // A match may overlap what it writes: then it repeats, a whole distance at a time.
            let step = missing.min(self.out.len() - from);
            self.out.extend_from_within(from..from + step);
            missing -= step;
        }
        Ok(())
    }
}

/// The stream, bit by bit from the low end.
struct Bits<'a> {
    input: std::slice::Iter<'a, u8>,
    held: u32,
    count: u32,
}

impl Bits<'_> {
    fn take(&mut self, wanted: u32) -> Result<u32, InflateError> {
        while self.count < wanted {
            let byte = *self.input.next().ok_or(InflateError::Damaged)?;
            self.held |= u32::from(byte) << self.count;
            self.count += 8;
        }
        let value = self.held & ((1 << wanted) - 1);
        self.held >>= wanted;
        self.count -= wanted;
        Ok(value)
    }

    fn take_usize(&mut self, wanted: u32) -> Result<usize, InflateError> {
        usize::try_from(self.take(wanted)?).map_err(|_narrow| InflateError::Damaged)
    }
}

/// A canonical Huffman code: how many symbols have each length, and the symbols in order.
struct Huffman {
    counts: [u16; 16],
    symbols: Vec<u16>,
}

impl Huffman {
    fn new(lengths: &[u8]) -> Self {
        let mut counts = [0_u16; 16];
        let mut order: Vec<(u8, u16)> = lengths.iter().copied().zip(0_u16..).filter(|(length, _)| *length > 0).collect();
        order.sort_unstable();
        for (length, _) in &order {
            if let Some(count) = counts.get_mut(usize::from(*length)) {
                *count += 1;
            }
        }
        Self { counts, symbols: order.into_iter().map(|(_, symbol)| symbol).collect() }
    }

    fn read(&self, bits: &mut Bits<'_>) -> Result<u16, InflateError> {
        let (mut code, mut first, mut index) = (0_u32, 0_u32, 0_u32);
        for count in self.counts.iter().skip(1) {
            code |= bits.take(1)?;
            let count = u32::from(*count);
            if code < first + count {
                // `code >= first` holds for every code that is not over-subscribed; such a one is refused here.
                let place = code.checked_sub(first).map(|step| index + step).and_then(|place| usize::try_from(place).ok());
                return place.and_then(|place| self.symbols.get(place)).copied().ok_or(InflateError::Damaged);
            }
            index += count;
            first = (first + count) << 1;
            code <<= 1;
        }
        Err(InflateError::Damaged)
    }
}

fn fixed_literals() -> Huffman {
    let lengths: Vec<u8> = (0_u16..288)
        .map(|symbol| match symbol {
            0..144 | 280.. => 8,
            144..256 => 9,
            256..280 => 7,
        })
        .collect();
    Huffman::new(&lengths)
}

fn stored(bits: &mut Bits<'_>, sink: &mut Sink<'_>) -> Result<(), InflateError> {
    bits.held = 0;
    bits.count = 0;
    let length = bits.take(16)?;
    let check = bits.take(16)?;
    if length ^ check != 0xFFFF {
        return Err(InflateError::Damaged);
    }
    for _ in 0..length {
        sink.push(*bits.input.next().ok_or(InflateError::Damaged)?)?;
    }
    Ok(())
}

fn coded(bits: &mut Bits<'_>, sink: &mut Sink<'_>, literals: &Huffman, distances: &Huffman) -> Result<(), InflateError> {
    loop {
        let symbol = literals.read(bits)?;
        if let Ok(byte) = u8::try_from(symbol) {
            sink.push(byte)?;
        } else if symbol == 256 {
            return Ok(());
        } else {
            let (base, extra) = LENGTHS.get(usize::from(symbol - 257)).copied().ok_or(InflateError::Damaged)?;
            let length = usize::from(base) + bits.take_usize(u32::from(extra))?;
            let distance = distance(bits, distances)?;
            sink.copy(distance, length)?;
        }
    }
}

fn distance(bits: &mut Bits<'_>, distances: &Huffman) -> Result<usize, InflateError> {
    let symbol = u32::from(distances.read(bits)?);
    match symbol {
        0..4 => usize::try_from(symbol + 1).map_err(|_narrow| InflateError::Damaged),
        4..30 => {
            let extra = symbol / 2 - 1;
            let base = ((2 + (symbol & 1)) << extra) + 1;
            let base = usize::try_from(base).map_err(|_narrow| InflateError::Damaged)?;
            Ok(base + bits.take_usize(extra)?)
        }
        _ => Err(InflateError::Damaged),
    }
}

fn dynamic_codes(bits: &mut Bits<'_>) -> Result<(Huffman, Huffman), InflateError> {
    let literal_count = bits.take_usize(5)? + 257;
    let distance_count = bits.take_usize(5)? + 1;
    let code_count = bits.take_usize(4)? + 4;
    let mut code_lengths = [0_u8; 19];
    for place in ORDER.iter().take(code_count) {
        let length = u8::try_from(bits.take(3)?).map_err(|_narrow| InflateError::Damaged)?;
        *code_lengths.get_mut(*place).ok_or(InflateError::Damaged)? = length;
    }
    let lengths = code_lengths_of(bits, &Huffman::new(&code_lengths), literal_count + distance_count)?;
    let (literals, distances) = lengths.split_at_checked(literal_count).ok_or(InflateError::Damaged)?;
    Ok((Huffman::new(literals), Huffman::new(distances)))
}

fn code_lengths_of(bits: &mut Bits<'_>, code: &Huffman, wanted: usize) -> Result<Vec<u8>, InflateError> {
    let mut lengths: Vec<u8> = Vec::with_capacity(wanted);
    while lengths.len() < wanted {
        let symbol = code.read(bits)?;
        let (value, times) = match symbol {
            16 => (*lengths.last().ok_or(InflateError::Damaged)?, 3 + bits.take_usize(2)?),
            17 => (0, 3 + bits.take_usize(3)?),
            18 => (0, 11 + bits.take_usize(7)?),
            _ => (u8::try_from(symbol).map_err(|_large| InflateError::Damaged)?, 1),
        };
        if lengths.len() + times > wanted {
            return Err(InflateError::Damaged);
        }
        lengths.extend(std::iter::repeat_n(value, times));
    }
    Ok(lengths)
}
