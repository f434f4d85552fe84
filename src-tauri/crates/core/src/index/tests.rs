//! The index beside the plainest way to do the same.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::fold::fold;
use super::*;
use crate::{Arrangement, Depth, SelectAct, Selection, SortBy};

fn object(key: &str, size: u64) -> Entry {
    let modified_at = jiff::Timestamp::from_second(1_700_000_000 + i64::try_from(size % 1_000).unwrap()).ok();
    let storage_class = size.is_multiple_of(3).then(|| "GLACIER".to_owned());
    let key = ObjectKey::parse(key).unwrap();
    Entry::Object(Object { key, size, modified_at, etag: None, storage_class })
}

fn folder(prefix: &str) -> Entry {
    Entry::Folder(Prefix::parse(prefix).unwrap())
}

fn table(place: &str, depth: Depth, arrangement: &Arrangement, entries: Vec<Entry>) -> Table {
    let mut table = Table::new(&Prefix::parse(place).unwrap(), depth, arrangement.clone());
    table.extend(entries);
    arrange(&mut table);
    table
}

fn arrange(table: &mut Table) {
    if let Some(searching) = table.searching() {
        assert!(table.show_found(searching.run()));
    }
    let sorted = table.sorting().run();
    assert!(table.apply(sorted));
}

fn names(table: &Table) -> Vec<String> {
    table.rows(0, usize::MAX).into_iter().map(|row| row.name).collect()
}

fn sorted(sort: SortBy, descending: bool, locale: &str) -> Arrangement {
    Arrangement { sort, descending, search: String::new(), locale: locale.into() }
}

fn searching(search: &str) -> Arrangement {
    Arrangement { search: search.into(), ..Arrangement::default() }
}

/// Names that share beginnings, as those of a folder do, and others that nobody thinks of.
fn any_name() -> impl Strategy<Value = String> {
    prop_oneof![
        "(report|Report|film|Ünïcode)-[0-9]{1,4}( final)?\\.(pdf|mp4)",
        "[a-cA-C éü]{1,12}",
        "\\PC{1,30}",
        ".{1,200}",
    ]
    .prop_filter("a key has 1 to 1,024 bytes", |name| name.len() < 1_000)
}

fn any_entries() -> impl Strategy<Value = Vec<Entry>> {
    prop::collection::vec((any_name(), 0u64..1 << 45, any::<bool>()), 0..100).prop_map(|rows| {
        let mut seen = BTreeSet::new();
        let entry = |(name, size, is_folder): (String, u64, bool)| {
            let name = name.replace('/', "_");
            if is_folder { folder(&format!("in/{name}/")) } else { object(&format!("in/{name}"), size) }
        };
        rows.into_iter().map(entry).filter(|entry| seen.insert(text_of(entry).to_owned())).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn folding_letter_by_letter_is_folding_the_whole(text in "\\PC{0,40}") {
        let classes = icu_normalizer::properties::CanonicalCombiningClassMapBorrowed::new();
        let apart = icu_normalizer::DecomposingNormalizerBorrowed::new_nfkd().normalize(&text).into_owned();
        let letters: String = apart.chars().filter(|c| classes.get_u8(*c) == 0).collect();
        prop_assert_eq!(fold(&text), icu_casemap::CaseMapper::new().fold_string(&letters).into_owned());
    }

    #[test]
    fn rows_come_back_as_they_were_added(entries in any_entries()) {
        let mut index = Index::new(&Prefix::parse("in/").unwrap());
        for entry in &entries {
            prop_assert!(index.push(entry));
        }
        for (row, entry) in entries.iter().enumerate() {
            let was = index.entry(number(row)).unwrap();
            prop_assert_eq!(&was, entry);
        }
        let wanted: Vec<RowRef> = entries.iter().map(ref_of).collect();
        let found: Vec<usize> = index.find(&wanted, 0).into_iter().map(|row| row.unwrap() as usize).collect();
        prop_assert_eq!(found, (0..entries.len()).collect::<Vec<_>>());
    }

    #[test]
    fn a_search_finds_what_a_look_at_each_name_finds(entries in any_entries(), search in "[a-cé0-9r]{1,3}( [a-c0-9]{1,2})?") {
        let mut index = Index::new(&Prefix::parse("in/").unwrap());
        entries.iter().for_each(|entry| { index.push(entry); });
        let query = Query::parse(&search).unwrap();
        for from in [0, entries.len() / 2] {
            let found: Vec<Row> = index.matches(&query, from).rows().collect();
            let words: Vec<String> = fold(&search).split_whitespace().map(str::to_owned).collect();
            let is_meant = |at: &usize| {
                let name = fold(&text_of(&entries[*at])["in/".len()..]);
                words.iter().all(|word| name.contains(word))
            };
            let meant: Vec<Row> = (from..entries.len()).filter(is_meant).map(number).collect();
            prop_assert_eq!(found, meant, "from {}", from);
        }
    }

    #[test]
    fn a_few_rows_are_put_where_they_stand_in_the_order_of_all(
        entries in any_entries(),
        sort in prop::sample::select(vec![SortBy::Name, SortBy::Size, SortBy::Changed]),
        descending in any::<bool>(),
        step in 2usize..7,
    ) {
        let mut index = Index::new(&Prefix::parse("in/").unwrap());
        entries.iter().for_each(|entry| { index.push(entry); });
        let arrangement = sorted(sort, descending, "en");
        let order = order::order(&index, &arrangement);
        let is_one_of_few = |row: &Row| (*row as usize).is_multiple_of(step);
        let (few, others): (Vec<Row>, Vec<Row>) = order.iter().copied().partition(is_one_of_few);
        let few: Vec<Row> = few.into_iter().rev().collect();
        prop_assert_eq!(order::insert(&index, &arrangement, &others, &few), order);
    }

    #[test]
    fn what_is_changed_is_what_a_fresh_reading_shows(
        before in any_entries(),
        after in any_entries(),
        search in prop_oneof![Just(String::new()), "[a-c]".prop_map(String::from)],
    ) {
        // From one folder to the other by changes, in two batches; the order settles in between or does not.
        let arrangement = Arrangement { search, sort: SortBy::Size, ..Arrangement::default() };
        let mut changed = table("in/", Depth::Here, &arrangement, before.clone());
        let kept: std::collections::HashSet<RowRef> = after.iter().map(ref_of).collect();
        let overtaken = changed.sorting().run();
        changed.change(before.iter().map(ref_of).filter(|row| !kept.contains(row)).map(Change::Gone).collect());
        changed.change(after.iter().cloned().map(Change::There).collect());
        if !changed.apply(overtaken) || !changed.is_arranged() {
            arrange(&mut changed);
        }
        let fresh = table("in/", Depth::Here, &arrangement, after);
        prop_assert_eq!(changed.rows(0, 1_000), fresh.rows(0, 1_000));
        prop_assert_eq!(changed.loaded(), fresh.loaded());
    }
}

/// Paths of which some words name folders and some files.
fn any_path() -> impl Strategy<Value = String> {
    prop::collection::vec("(film|clip|tea|a)(s|-1)?(\\.mp4)?", 1..4).prop_map(|names| names.join("/"))
}

fn any_words() -> impl Strategy<Value = String> {
    prop::collection::vec("(film|clip|tea|a|mp)(s|4)?", 1..3).prop_map(|words| words.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn a_search_among_what_was_found_finds_what_a_fresh_reading_finds(
        paths in prop::collection::btree_set(any_path(), 0..30),
        (wide, narrow) in (any_words(), any_words()),
        more in "[s4.p]{0,2}( (film|clip))?",
    ) {
        let entries = || paths.iter().map(|path| object(path, 1)).collect::<Vec<_>>();
        for search in [narrow, format!("{wide}{more}")] {
            let mut known = table("", Depth::Below, &searching(&wide), entries());
            if known.holds_all_of(&search, true) {
                known.arrange(searching(&search));
                arrange(&mut known);
                let fresh = table("", Depth::Below, &searching(&search), entries());
                prop_assert_eq!(names(&known), names(&fresh), "{} after {}", search, wide);
            }
        }
    }
}

#[test]
fn numbers_stand_by_their_value_and_letters_as_people_of_a_place_sort_them() {
    let entries = |names: &[&str]| names.iter().map(|name| object(name, 1)).collect::<Vec<_>>();
    let order = |locale: &str, given: &[&str]| {
        names(&table("", Depth::Here, &sorted(SortBy::Name, false, locale), entries(given)))
    };
    assert_eq!(order("en", &["file 10", "file 2", "File 1"]), ["File 1", "file 2", "file 10"]);
    assert_eq!(order("en", &["b", "Z", "a", "A", "é", "e"]), ["a", "A", "b", "e", "é", "Z"]);
    assert_eq!(order("de", &["z", "ä", "a"]), ["a", "ä", "z"]);
    assert_eq!(order("sv", &["z", "ä", "a"]), ["a", "z", "ä"]);
    assert_eq!(order("no such locale", &["2", "10"]), ["2", "10"]);
    // Two forms of one letter are the same to people, and stand in the same order each time.
    assert_eq!(order("en", &["e\u{301}", "é"]), order("en", &["é", "e\u{301}"]));
}

#[test]
fn folders_stand_first_whatever_is_sorted_by() {
    let entries =
        vec![object("b", 2), folder("y/"), object("a", 3), folder("x/"), object("c", 2), object("d", 1_001)];
    let order =
        |sort, descending| names(&table("", Depth::Here, &sorted(sort, descending, "en"), entries.clone()));
    assert_eq!(order(SortBy::Name, false), ["x", "y", "a", "b", "c", "d"]);
    assert_eq!(order(SortBy::Name, true), ["y", "x", "d", "c", "b", "a"]);
    assert_eq!(order(SortBy::Size, false), ["x", "y", "b", "c", "a", "d"]);
    assert_eq!(order(SortBy::Size, true), ["x", "y", "d", "a", "b", "c"]);
    assert_eq!(order(SortBy::Changed, false), ["x", "y", "d", "b", "c", "a"]);
}

#[test]
fn case_accents_and_unicode_forms_do_not_matter() {
    for (text, folded) in [
        ("Café.PDF", "cafe.pdf"),
        ("Cafe\u{301}.PDF", "cafe.pdf"),
        ("ＦＵＬＬ", "full"),
        ("Straße", "strasse"),
        ("İstanbul", "istanbul"),
        ("ﬁlm", "film"),
    ] {
        assert_eq!(fold(text), folded);
    }
    let entries = vec![object("Café menu.pdf", 1), object("cafe\u{301}.txt", 1), object("tea.pdf", 1)];
    let found = |search| names(&table("", Depth::Here, &searching(search), entries.clone()));
    assert_eq!(found("CAFÉ"), ["Café menu.pdf", "cafe\u{301}.txt"]);
    assert_eq!(found("pdf cafe"), ["Café menu.pdf"], "every word, in any order");
    assert_eq!(found("  ").len(), 3);
    assert!(found("coffee").is_empty());
}

#[test]
fn no_word_is_found_across_two_names() {
    let entries = vec![object("ab", 1), object("cd", 1)];
    assert!(names(&table("", Depth::Here, &searching("bc"), entries)).is_empty());
}

#[test]
fn a_place_in_the_middle_of_a_name_shows_whole_names() {
    let entries = vec![object("in/report-1.pdf", 1), folder("in/reports/")];
    let shown = table("in/rep", Depth::Here, &Arrangement::default(), entries);
    assert_eq!(names(&shown), ["reports", "report-1.pdf"]);
}

#[test]
fn below_a_folder_names_are_found_and_the_folders_of_such_a_name() {
    let entries = ["in/2025/Autumn/film.mp4", "in/2025/Autumn/notes.txt", "in/2026/autumn.txt", "in/x.txt"];
    let found = |search: &str| {
        let entries = entries.iter().map(|key| object(key, 1)).collect();
        names(&table("in/", Depth::Below, &searching(search), entries))
    };
    assert_eq!(found("autumn"), ["2025/Autumn", "2026/autumn.txt"], "not all that lies in such a folder");
    assert_eq!(found("autumn film"), ["2025/Autumn/film.mp4"]);
    assert_eq!(found("2025"), ["2025"]);
    assert_eq!(found("").len(), 4);
}

#[test]
fn more_is_found_than_anybody_reads_and_no_more_than_that_is_kept() {
    let mut table = Table::new(&Prefix::root(), Depth::Below, searching("f"));
    let page = |first: u32| (first..first + 1_000).map(|n| object(&format!("d/f{n}"), 1)).collect();
    for first in 0..9 {
        assert!(table.extend(page(first * 1_000)));
    }
    assert!(table.extend(page(9_000)), "as many as are kept, and none is left out");
    assert!(!table.extend(page(10_000)));
    assert_eq!(table.loaded(), 10_000);
}

#[test]
fn another_search_below_is_begun_anew_where_what_is_kept_is_not_enough() {
    let mut found = table("", Depth::Below, &searching("film"), vec![object("a/film.mp4", 1)]);
    assert!(found.holds_all_of("FILM ", false), "the same words");
    assert!(found.holds_all_of("films", true), "more of a word, of all");
    assert!(!found.holds_all_of("films", false), "more of a word, of not all");
    assert!(!found.holds_all_of("film mp4", true), "film/clip.mp4 has that, and was not found");
    assert!(!found.holds_all_of("fil", true), "more of them");
    assert!(!found.holds_all_of("", true));
    found.begin_anew(&Prefix::root(), searching("tea"));
    assert_eq!((found.loaded(), found.generation()), (0, 2));
}

fn many(count: u32) -> Table {
    let entries = (0..count).map(|n| object(&format!("{n:07}"), 1)).collect();
    table("", Depth::Here, &Arrangement::default(), entries)
}

fn row(name: &str) -> RowRef {
    RowRef::Object(name.into())
}

#[test]
fn rows_are_chosen_one_by_one_in_ranges_and_all() {
    let mut table = many(40_000);
    let figures = |table: &Table| (table.selection().files, table.selection().bytes);
    table.select(SelectAct::Only(row("0020000")));
    table.select(SelectAct::Toggle(row("0000001")));
    assert_eq!(figures(&table), (2, 2));
    assert_eq!(table.chosen_rows(1)[0].name, "0000001", "in the order of the list");
    table.select(SelectAct::Toggle(row("0020000")));
    assert_eq!(figures(&table), (1, 1));
    table.select(SelectAct::Range { from: row("0030000"), to: row("0010001"), adds: true });
    assert_eq!(figures(&table).0, 20_001);
    table.select(SelectAct::Range { from: row("0000000"), to: row("0000002"), adds: false });
    assert_eq!(figures(&table).0, 3);
    let revision = table.selection().revision;
    table.select(SelectAct::Only(row("gone")));
    assert_eq!((figures(&table).0, table.selection().revision), (3, revision), "changes nothing");
    table.select(SelectAct::All);
    assert_eq!(figures(&table).0, 40_000);
    table.select(SelectAct::None);
    assert!(table.chosen_rows(10).is_empty());
}

#[test]
fn what_a_search_hides_is_not_chosen_any_more() {
    let mut table = many(20);
    table.select(SelectAct::All);
    table.arrange(searching("1"));
    arrange(&mut table);
    assert_eq!(table.selection().files, 11);
    table.arrange(searching(""));
    arrange(&mut table);
    assert_eq!((table.selection().files, table.shown()), (11, 20));
}

#[test]
fn what_is_chosen_stays_so_in_another_reading_and_what_is_gone_does_not() {
    let mut old = many(20);
    old.select(SelectAct::Range { from: row("0000003"), to: row("0000005"), adds: false });
    let mut fresh = old.anew(&Prefix::root());
    fresh.extend((4..10).map(|n| object(&format!("{n:07}"), 1)).collect());
    arrange(&mut fresh);
    let recognised = old.recognising(&fresh).run();
    assert!(fresh.take_over(&old, &recognised));
    let chosen: Vec<String> = fresh.chosen_rows(9).into_iter().map(|row| row.name).collect();
    assert_eq!(chosen, ["0000004", "0000005"]);
    assert!(fresh.generation() > old.generation());
    assert!(fresh.selection().revision > old.selection().revision);
}

#[test]
fn what_a_search_hides_in_another_reading_is_not_chosen_any_more() {
    let mut old = many(20);
    old.select(SelectAct::All);
    let mut fresh = old.anew(&Prefix::root());
    fresh.extend((0..20).map(|n| object(&format!("{n:07}"), 1)).collect());
    fresh.arrange(searching("1"));
    arrange(&mut fresh);
    let overtaken = old.recognising(&fresh).run();
    old.select(SelectAct::Toggle(row("0000010")));
    assert!(!fresh.take_over(&old, &overtaken), "something else is chosen by now");
    let recognised = old.recognising(&fresh).run();
    assert!(fresh.take_over(&old, &recognised));
    assert_eq!(fresh.selection().files, 10);
}

#[test]
fn typing_goes_to_the_next_name_that_begins_so_and_round_to_the_first() {
    let entries = ["alpha", "Beta", "bravo", "Émile"].map(|name| object(name, 1)).to_vec();
    let table = table("", Depth::Here, &Arrangement::default(), entries);
    assert_eq!(table.beginning("b", 0), Some(1));
    assert_eq!(table.beginning("B", 2), Some(2));
    assert_eq!(table.beginning("b", 3), Some(1), "from the top");
    assert_eq!(table.beginning("em", 0), Some(3));
    assert_eq!(table.beginning("x", 0), None);
}

#[test]
fn rows_that_come_while_others_are_put_in_order_stand_behind_them() {
    let mut table = table("", Depth::Here, &Arrangement::default(), vec![object("b", 1), object("a", 1)]);
    let sorting = table.sorting();
    table.extend(vec![object("A first", 1)]);
    assert!(table.apply(sorting.run()));
    assert_eq!(names(&table), ["a", "b", "A first"]);
    assert!(!table.is_arranged());
    arrange(&mut table);
    assert_eq!(names(&table), ["a", "A first", "b"]);
    assert!(table.is_arranged());
}

#[test]
fn an_order_of_fewer_rows_does_not_take_the_place_of_one_of_more() {
    let mut table = table("", Depth::Here, &Arrangement::default(), vec![object("b", 1)]);
    let early = table.sorting();
    table.extend(vec![object("a", 1)]);
    arrange(&mut table);
    assert!(!table.apply(early.run()));
    assert!(table.is_arranged());
    assert_eq!(names(&table), ["a", "b"]);
}

#[test]
fn a_search_is_shown_in_the_order_that_is_there_and_keeps_the_one_that_is_on_its_way() {
    let entries = ["b1", "a1", "c2"].map(|name| object(name, 1)).to_vec();
    let mut table = Table::new(&Prefix::root(), Depth::Here, Arrangement::default());
    table.extend(entries);
    let sorting = table.sorting();
    table.arrange(searching("1"));
    let found = table.searching().unwrap();
    table.extend(vec![object("a0 1", 1)]);
    assert!(table.show_found(found.run()));
    assert_eq!((names(&table), table.search()), (vec!["b1".into(), "a1".into(), "a0 1".into()], "1"));
    assert!(table.apply(sorting.run()));
    assert_eq!(names(&table), ["a1", "b1", "a0 1"]);
    assert!(table.searching().is_none());
}

#[test]
fn changes_of_what_is_not_chosen_leave_the_choice_as_it_is() {
    let mut table = many(20);
    table.select(SelectAct::Range { from: row("0000003"), to: row("0000005"), adds: false });
    let chosen = table.selection();
    table.change(vec![
        Change::There(object("new", 1)),
        Change::Gone(row("0000009")),
        Change::Gone(row("new too")),
    ]);
    table.change(vec![Change::There(object("0000010", 9))]);
    assert_eq!(table.selection(), chosen);
    table.change(vec![Change::There(object("0000004", 9)), Change::Gone(row("0000003"))]);
    let Selection { revision, files, bytes, .. } = table.selection();
    assert_eq!((revision, files, bytes), (chosen.revision + 1, 2, 10));
}

#[test]
fn a_range_from_a_row_that_is_gone_is_where_it_goes_to() {
    let mut table = many(20);
    table.select(SelectAct::Range { from: row("gone"), to: row("0000005"), adds: false });
    assert_eq!(table.chosen_rows(9).iter().map(|row| row.name.as_str()).collect::<Vec<_>>(), ["0000005"]);
}

#[test]
fn an_order_that_nobody_wants_any_more_is_not_shown() {
    let mut table = many(3);
    let sorting = table.sorting();
    table.arrange(sorted(SortBy::Name, true, "en"));
    assert!(!table.apply(sorting.run()));
    arrange(&mut table);
    assert_eq!(names(&table), ["0000002", "0000001", "0000000"]);
}
