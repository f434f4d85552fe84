//! What a worker is asked and what it answers: a head of few bytes, and a file. Numbers are little-endian.

use std::io::{self, ErrorKind};

use guestpass_preview::{NoPicture, Picture};

use super::Drawing;

/// The length of a task's head, in bytes.
pub(super) const TASK_BYTES: usize = 7;

/// The length of an answer's head, in bytes.
pub(super) const ANSWER_BYTES: usize = 5;

/// The longest file of a picture, in bytes: small pictures are far from it.
const LONGEST: usize = 64 * 1024 * 1024;

/// What a worker found.
pub(super) type Answer = Result<Picture, NoPicture>;

/// What a worker is to do with the file that follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Task {
    /// What of it is drawn.
    pub(super) drawing: Drawing,
    /// The longest edge, in pixels.
    pub(super) edge: u16,
    /// The length of the file, in bytes.
    pub(super) length: usize,
}

impl Task {
    pub(super) fn to_bytes(self) -> io::Result<[u8; TASK_BYTES]> {
        let [low, high] = self.edge.to_le_bytes();
        let [a, b, c, d] = length(self.length)?;
        Ok([u8::from(self.drawing == Drawing::Page), low, high, a, b, c, d])
    }

    pub(super) fn of([page, low, high, a, b, c, d]: [u8; TASK_BYTES]) -> io::Result<Self> {
        let drawing = if page == 1 { Drawing::Page } else { Drawing::Picture };
        Ok(Self { drawing, edge: u16::from_le_bytes([low, high]), length: bounded([a, b, c, d])? })
    }
}

/// The bytes of an answer.
pub(super) fn answered(answer: Answer) -> io::Result<Vec<u8>> {
    let (status, file) = match answer {
        Ok(Picture { bytes, content_type: "image/png" }) => (1, bytes),
        Ok(Picture { bytes, .. }) => (0, bytes),
        Err(NoPicture::TooLarge) => (2, Vec::new()),
        Err(NoPicture::NotUnderstood) => (3, Vec::new()),
    };
    let mut bytes = vec![status];
    bytes.extend(length(file.len())?);
    bytes.extend(file);
    Ok(bytes)
}

/// The status of an answer, and how many bytes follow.
pub(super) fn answer_head([status, a, b, c, d]: [u8; ANSWER_BYTES]) -> io::Result<(u8, usize)> {
    Ok((status, bounded([a, b, c, d])?))
}

/// What a status and a file mean. A worker that was taken over may answer anything.
pub(super) fn answer(status: u8, bytes: Vec<u8>) -> io::Result<Answer> {
    Ok(match status {
        0 => Ok(Picture { bytes, content_type: "image/jpeg" }),
        1 => Ok(Picture { bytes, content_type: "image/png" }),
        2 => Err(NoPicture::TooLarge),
        3 => Err(NoPicture::NotUnderstood),
        _ => return Err(ErrorKind::InvalidData.into()),
    })
}

fn length(length: usize) -> io::Result<[u8; 4]> {
    let length = u32::try_from(length).map_err(|_| io::Error::from(ErrorKind::InvalidInput))?;
    Ok(length.to_le_bytes())
}

fn bounded(bytes: [u8; 4]) -> io::Result<usize> {
    let length = u32::from_le_bytes(bytes) as usize;
    if length > LONGEST { Err(ErrorKind::InvalidData.into()) } else { Ok(length) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_task_and_an_answer_come_out_as_they_went_in() {
        for drawing in [Drawing::Picture, Drawing::Page] {
            let task = Task { drawing, edge: 1_600, length: 70_000 };
            assert_eq!(Task::of(task.to_bytes().unwrap()).unwrap(), task);
        }
        let picture = |content_type| Ok(Picture { bytes: vec![7; 300], content_type });
        for said in [
            picture("image/png"),
            picture("image/jpeg"),
            Err(NoPicture::TooLarge),
            Err(NoPicture::NotUnderstood),
        ] {
            let bytes = answered(said.clone()).unwrap();
            let (head, file) = bytes.split_at(ANSWER_BYTES);
            let (status, length) = answer_head(head.try_into().unwrap()).unwrap();
            assert_eq!(length, file.len());
            assert_eq!(answer(status, file.to_vec()).unwrap(), said);
        }
    }

    #[test]
    fn no_answer_is_waited_for_that_is_longer_than_any_picture() {
        assert!(answer_head([0, 255, 255, 255, 255]).is_err());
        assert!(answer(9, Vec::new()).is_err());
    }
}
