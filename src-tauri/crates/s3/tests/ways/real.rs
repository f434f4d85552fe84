//! Keys that others hand out, before a server that checks signatures.

use guestpass_testkit::seaweedfs::{Identity, SeaweedFs};

use crate::guest::S3;
use crate::house::House;

#[tokio::test]
async fn what_an_organisation_hands_out_opens_a_real_server() {
    let server = SeaweedFs::start();
    let (id, secret) = server.keys(Identity::Admin);
    let mut house = House::new().await;
    house.variables.push((S3, server.endpoint()));
    house.identity.set(|settings| {
        (settings.keys.id, settings.keys.secret) = (id.into(), secret.into());
        settings.keys.token.clear();
    });
    let mut guest = house.guest();
    guest.tell("sign-in browser").await;
    let (page, _) = guest.invitation().await;
    house.identity.allow(&page).await;
    assert_eq!(guest.answer().await, "signed in");
    assert!(guest.ask("connect role 222222222222 Editor").await.starts_with("http"));
    assert_eq!(guest.ask("buckets").await, "[]");
    assert_eq!(guest.ask("identity").await, "None");
    assert!(guest.ask("region acme").await.starts_with("error BucketMissing"));

    house.identity.set(|settings| settings.keys.secret = "another".into());
    assert!(guest.ask("connect role 222222222222 Editor").await.starts_with("http"));
    let said = guest.ask("buckets").await;
    assert!(said.starts_with("error CredentialsRefused { profile: \"Press\" } |"), "{said}");
    assert_eq!(guest.ask("identity").await.split('|').next(), said.split('|').next());
}
