//! The sink as a process of its own: prints its address, then for each line that it reads how many bytes, objects and
//! requests came since the last one. Ends with its standard input, so that it never outlives who started it. Arguments:
//! how many keys it lists, and after how many milliseconds each page; without them, none. With `flat` behind them, all
//! keys lie in one folder.
#![expect(clippy::print_stdout, reason = "its answers are read by a program")]

use std::time::Duration;

use guestpass_testkit::sink::{Catalogue, Sink};

fn main() -> std::io::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let mut numbers = std::env::args().skip(1).map_while(|word| word.parse().ok());
    let mut next = || numbers.next().unwrap_or_default();
    let catalogue = Catalogue {
        keys: next(),
        delay: Duration::from_millis(next().into()),
        is_flat: std::env::args().any(|word| word == "flat"),
        ..Catalogue::default()
    };
    let sink = runtime.block_on(Sink::listing(catalogue));
    println!("{}", sink.endpoint());
    for line in std::io::stdin().lines() {
        line?;
        let taken = sink.reset();
        println!("{} {} {}", taken.bytes, taken.objects, taken.requests);
    }
    Ok(())
}
