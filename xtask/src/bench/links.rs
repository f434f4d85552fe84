//! Many links in one process, and one link in a process of its own.

use std::{fs, path::Path};

use super::{Work, alternate, built, installed, no_room, say_head, say_ratio};
use crate::step::Failure;

/// Runs of each; odd, so that there is a middle one.
const ROUNDS: usize = 7;

/// Links that one process makes.
const MANY: usize = 10_000;

/// Signs as many URLs as boto3 can, with one client.
const BOTO3: &str = "import sys, boto3
from botocore.config import Config
client = boto3.client('s3', config=Config(signature_version='s3v4'))
for line in sys.stdin:
    bucket, key = line.strip()[5:].split('/', 1)
    print(client.generate_presigned_url('get_object', {'Bucket': bucket, 'Key': key}, 3600))
";

pub(super) fn measure(folder: &Path) -> Result<(), Failure> {
    let addresses: String =
        (0..MANY).map(|n| format!("s3://acme-press/2026/Autumn/photo-{n:05}.jpg\n")).collect();
    let presign: String = addresses.lines().map(|line| format!("presign --expire 1h {line}\n")).collect();
    let file = |name: &str, text: &str| {
        let path = folder.join(name);
        fs::write(&path, text).map_err(no_room).map(|()| path)
    };
    let (addresses, presign) = (file("addresses", &addresses)?, file("presign", &presign)?);
    let one = "s3://acme-press/2026/Autumn/photo-00000.jpg";
    let many = Work::new(built("guestpass"), ["link", "--stdin", "--no-check", "--expires", "1h"]);
    let many = many.reading(&addresses);
    let single = Work::new(built("guestpass"), ["link", "--no-check", "--expires", "1h", one]);
    say_head();
    for (work, us, peer, args, input, links, goal) in [
        ("10,000 links, beside boto3", &many, "python", &["-c", BOTO3][..], Some(&addresses), MANY, 10.0),
        ("10,000 links, beside s5cmd run", &many, "s5cmd", &["run"], Some(&presign), MANY, 5.0),
        ("1 link, beside aws s3 presign", &single, "aws", &["s3", "presign", one], None, 1, 1.0),
    ] {
        let Some(program) = installed(work, peer) else { continue };
        let them = Work::new(program, args.iter().copied());
        let them = input.into_iter().fold(them, |them, input| them.reading(input));
        let sides = [us, &them];
        let measured = alternate(&sides, ROUNDS, |at, run| {
            let signed = run.links();
            if signed == links { Ok(()) } else { Err(sides[at].failed(&format!("{signed} links of {links}"))) }
        })?;
        say_ratio(work, &measured[0], &measured[1], Some(goal));
    }
    Ok(())
}
