//! A million rows, from the inside: what a person waits for when they search, sort, scroll and choose.
#![expect(clippy::unwrap_used, reason = "a benchmark that cannot go on must stop loudly")]
#![expect(clippy::print_stdout, reason = "its answers are read by a person")]

use criterion::{Criterion, criterion_group, criterion_main};
use guestpass_core::app::App;
use guestpass_core::{
    Arrangement, BucketName, Depth, FolderId, FolderState, Place, Prefix, ProfileId, RowRef, SelectAct, SortBy,
};
use guestpass_testkit::memory::World;
use peak_alloc::PeakAlloc;

const ROWS: u32 = 1_000_000;

#[global_allocator]
static HELD: PeakAlloc = PeakAlloc;

fn name(number: u32) -> String {
    format!("2026/Autumn-launch/photo-{number:08}.jpg")
}

async fn opened(app: &App, is_read: impl Fn(&FolderState) -> bool) -> FolderId {
    let place = Place {
        bucket: BucketName::parse("acme-press").unwrap(),
        prefix: Prefix::parse("2026/Autumn-launch/").unwrap(),
    };
    let profile = ProfileId::Aws("Marketing".into());
    let id = app.open_folder(&profile, place, Depth::Here, arrangement("", SortBy::Name)).await.unwrap();
    let mut watch = app.watch_folder(id).unwrap();
    watch.wait_for(|state| is_read(state)).await.unwrap();
    id
}

fn arrangement(search: &str, sort: SortBy) -> Arrangement {
    Arrangement { sort, descending: false, search: search.into(), locale: "en".into() }
}

fn a_million_rows(criterion: &mut Criterion) {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let world = World::default();
    let names: Vec<String> = (0..ROWS).map(name).collect();
    world.store.fill("acme-press", &names.iter().map(String::as_str).collect::<Vec<_>>());
    drop(names);
    world.store.lists.lock().unwrap().rows = 1_000;
    let app = world.app(None);
    let held = HELD.current_usage();
    HELD.reset_peak_usage();
    let id = runtime.block_on(opened(&app, |state| state.is_complete && state.is_arranged));
    let (each, most) = ((HELD.current_usage() - held) / ROWS as usize, HELD.peak_usage() - held);
    println!(
        "{ROWS} rows: {each} bytes each, and at most {} MiB while they were read and put in order",
        most >> 20
    );

    let mut rows = criterion.benchmark_group("a million rows");
    rows.sample_size(20);
    let mut words = ["0077", "0078"].iter().cycle();
    rows.bench_function("searched", |bench| {
        bench.iter(|| {
            let search = arrangement(words.next().unwrap(), SortBy::Name);
            runtime.block_on(app.arrange_folder(id, search)).unwrap()
        });
    });
    runtime.block_on(app.arrange_folder(id, arrangement("", SortBy::Name))).unwrap();
    world.store.pages.forget_permits(usize::MAX >> 4);
    world.store.pages.add_permits(800);
    let half_read = runtime.block_on(opened(&app, |state| state.loaded > ROWS as usize / 2));
    rows.bench_function("searched, more than half of them, while more is read", |bench| {
        bench.iter(|| {
            let search = arrangement(words.next().unwrap(), SortBy::Name);
            runtime.block_on(app.arrange_folder(half_read, search)).unwrap()
        });
    });
    app.close_folder(half_read);
    let mut by = [SortBy::Size, SortBy::Name].iter().cycle();
    rows.bench_function("sorted", |bench| {
        bench.iter(|| runtime.block_on(app.arrange_folder(id, arrangement("", *by.next().unwrap()))).unwrap());
    });
    rows.bench_function("one of them chosen", |bench| {
        bench.iter(|| app.select_rows(id, SelectAct::Only(RowRef::Object(name(ROWS - 1)))).unwrap());
    });
    rows.bench_function("a window of 200 of them", |bench| {
        bench.iter(|| app.folder_rows(id, 500_000, 200).unwrap());
    });
    rows.bench_function("chosen from the first to the last", |bench| {
        let ends = || (RowRef::Object(name(0)), RowRef::Object(name(ROWS - 1)));
        bench.iter(|| {
            let (from, to) = ends();
            app.select_rows(id, SelectAct::Range { from, to, adds: false }).unwrap()
        });
    });
    rows.finish();
}

criterion_group!(benches, a_million_rows);
criterion_main!(benches);
