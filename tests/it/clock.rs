//! A computer whose clock is wrong makes links that are right.

use std::sync::Arc;

use guestpass_core::{Checked, Expiry, LinkRequest};
use guestpass_testkit::memory::FixedClock;
use jiff::{SignedDuration, Timestamp};

use crate::on_every_server;
use crate::world::{World, link_to};

/// From minutes to years, either way.
const WRONG_BY_MINUTES: [i64; 5] = [-14, 40, -1_440, 5 * 525_600, -20 * 525_600];

async fn the_end_is_that_of_the_server_s_clock(world: World) {
    world.put("film.mp4", "moving pictures").await;
    for minutes in WRONG_BY_MINUTES {
        let here = Timestamp::now() + SignedDuration::from_mins(minutes);
        let app = world.app_at(Arc::new(FixedClock::at(&here.to_string())));
        let link = app.link(&link_to("film.mp4")).await.unwrap();
        assert_eq!(link.checked, Checked::Opens, "{minutes} minutes");
        let off = link.end.expires_at.as_second() - Timestamp::now().as_second() - 3_600;
        assert!(off.abs() < 10, "{minutes} minutes: the end is {off} seconds off");
        assert!((link.end.clock_offset_seconds + minutes * 60).abs() < 10, "{minutes} minutes: it is said");

        // Known by now, so that the next one is right at once and needs no test.
        let untested = LinkRequest { check: false, expiry: Expiry::For(60), ..link_to("film.mp4") };
        let untested = app.link(&untested).await.unwrap();
        assert_eq!(reqwest::get(untested.url.reveal()).await.unwrap().status(), 200, "{minutes} minutes");
    }
}

async fn a_clock_that_is_right_is_not_talked_about(world: World) {
    world.put("film.mp4", "moving pictures").await;
    assert_eq!(world.app.link(&link_to("film.mp4")).await.unwrap().end.clock_offset_seconds, 0);
}

on_every_server!(the_end_is_that_of_the_server_s_clock, a_clock_that_is_right_is_not_talked_about);
