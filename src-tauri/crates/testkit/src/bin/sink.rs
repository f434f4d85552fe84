//! The sink as a process of its own: prints its address, then for each line that it reads how many bytes, objects and
//! requests came since the last one. Ends with its standard input, so that it never outlives who started it.
#![expect(clippy::print_stdout, reason = "its answers are read by a program")]

use guestpass_testkit::sink::Sink;

fn main() -> std::io::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let sink = runtime.block_on(Sink::start());
    println!("{}", sink.endpoint());
    for line in std::io::stdin().lines() {
        line?;
        let taken = sink.reset();
        println!("{} {} {}", taken.bytes, taken.objects, taken.requests);
    }
    Ok(())
}
