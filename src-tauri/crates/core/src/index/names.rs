//! Names in little room: of each, what differs from the one before it.
//!
//! Sixteen names are a block. Its first name stands whole, so that any name is read in sixteen steps at most.

/// How many names a block has.
const BLOCK: usize = 16;

/// Names, each under its number.
#[derive(Clone, Default)]
pub(super) struct Names {
    /// For each name: how many bytes it shares with the one before, how many more it has, and those.
    bytes: Vec<u8>,
    /// Where each block begins.
    blocks: Vec<u32>,
    count: usize,
    /// The last name, for the next one to share with.
    last: Vec<u8>,
}

impl Names {
    /// Appends a name. All names together stay below 4 GiB, which a chunk's number of keys makes sure of.
    pub(super) fn push(&mut self, name: &[u8]) {
        if self.count.is_multiple_of(BLOCK) {
            self.blocks.push(u32::try_from(self.bytes.len()).unwrap_or(u32::MAX));
            self.last.clear();
        }
        let shared = self.last.iter().zip(name).take_while(|(one, other)| one == other).count();
        let more = &name[shared..];
        write_length(&mut self.bytes, shared);
        write_length(&mut self.bytes, more.len());
        self.bytes.extend_from_slice(more);
        self.last.truncate(shared);
        self.last.extend_from_slice(more);
        self.count += 1;
    }

    /// Gives back the room for more names.
    pub(super) fn close(&mut self) {
        self.bytes.shrink_to_fit();
        self.blocks.shrink_to_fit();
        self.last = Vec::new();
    }

    /// One name; empty where there is none.
    pub(super) fn get(&self, at: usize) -> Vec<u8> {
        let block = at / BLOCK;
        let mut walk = Walk {
            names: self,
            next: block * BLOCK,
            at: self.blocks.get(block).map_or(self.bytes.len(), |at| *at as usize),
            name: Vec::new(),
        };
        for _ in 0..at % BLOCK {
            walk.step();
        }
        walk.step();
        walk.name
    }

    /// All names, in their order.
    pub(super) fn walk(&self) -> Walk<'_> {
        Walk { names: self, next: 0, at: 0, name: Vec::new() }
    }
}

/// Goes through names, reading of each only what it does not share with the one before.
pub(super) struct Walk<'a> {
    names: &'a Names,
    next: usize,
    at: usize,
    name: Vec<u8>,
}

impl Walk<'_> {
    /// The next name.
    pub(super) fn next(&mut self) -> Option<&[u8]> {
        self.step().map(|_| self.name.as_slice())
    }

    /// The next name, in lower case as far as it is ASCII.
    pub(super) fn next_lower(&mut self) -> Option<&[u8]> {
        let shared = self.step()?;
        self.name[shared..].make_ascii_lowercase();
        Some(&self.name)
    }

    /// Takes the next name on, and answers how much of it was there before.
    fn step(&mut self) -> Option<usize> {
        if self.next == self.names.count {
            return None;
        }
        let bytes = &self.names.bytes;
        let shared = read_length(bytes, &mut self.at);
        let more = read_length(bytes, &mut self.at);
        self.name.truncate(shared);
        self.name.extend_from_slice(&bytes[self.at..self.at + more]);
        self.at += more;
        self.next += 1;
        Some(shared)
    }
}

/// Seven bits a byte, the lowest first: a name of S3 takes two bytes at most.
fn write_length(bytes: &mut Vec<u8>, mut length: usize) {
    while length >= 0x80 {
        bytes.push((length & 0x7f) as u8 | 0x80);
        length >>= 7;
    }
    bytes.push(length as u8);
}

fn read_length(bytes: &[u8], at: &mut usize) -> usize {
    let mut length = 0;
    let mut shift = 0;
    loop {
        let byte = bytes[*at];
        *at += 1;
        length |= usize::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return length;
        }
        shift += 7;
    }
}
