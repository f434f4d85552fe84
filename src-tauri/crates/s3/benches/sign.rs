//! One link, from the inside: through the port, beside the SDK's own `presigned()`, above the bare arithmetic.
#![expect(clippy::unwrap_used, reason = "a benchmark that cannot go on must stop loudly")]

use std::hint::black_box;
use std::sync::Arc;
use std::time::Duration;

use aws_sdk_s3::config::{BehaviorVersion, Credentials, Region};
use aws_sdk_s3::presigning::PresigningConfig;
use criterion::{Criterion, criterion_group, criterion_main};
use guestpass_core::ports::{Clock, Sign, SignGet, Span};
use guestpass_core::{BucketName, Disposition, ObjectKey, Opening, Secret};
use guestpass_s3::{Access, S3Store};
use jiff::Timestamp;
use sha2::{Digest, Sha256};

const KEY: &str = "2026/Autumn launch/Launch film, final cut.mp4";
const ENDPOINT: &str = "http://127.0.0.1:9";

struct Noon;

impl Clock for Noon {
    fn now(&self) -> Timestamp {
        Timestamp::from_second(1_795_000_000).unwrap()
    }
}

fn one_link(criterion: &mut Criterion) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let access = Access::Local {
        endpoint: ENDPOINT.into(),
        region: "eu-west-1".into(),
        access_key_id: Secret::new("AKIDEXAMPLE".into()),
        secret_access_key: Secret::new("secret".into()),
    };
    let store = runtime.block_on(S3Store::connect(access, "press", Arc::new(Noon), false)).unwrap();
    let (bucket, key) = (BucketName::parse("acme-press").unwrap(), ObjectKey::parse(KEY).unwrap());
    let span = Span { at: Noon.now(), seconds: 3_600 };
    let mut group = criterion.benchmark_group("one link");
    group.bench_function("ours, with what it asks of the recipient's browser", |bench| {
        bench.iter(|| {
            let opening = Opening::of(key.name(), Disposition::Inline, false, None);
            let (bucket, key) = (&bucket, &key);
            let get = SignGet { bucket, key, version: None, pays: false, opening: &opening, span };
            runtime.block_on(store.sign_get(black_box(get))).unwrap()
        });
    });

    let config = aws_sdk_s3::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .endpoint_url(ENDPOINT)
        .region(Region::new("eu-west-1"))
        .credentials_provider(Credentials::new("AKIDEXAMPLE", "secret", None, None, "bench"))
        .force_path_style(true);
    let client = aws_sdk_s3::Client::from_conf(config.build());
    group.bench_function("presigned() of the SDK, on a shared client", |bench| {
        bench.iter(|| {
            let opening = Opening::of(key.name(), Disposition::Inline, false, None);
            let get = client.get_object().bucket("acme-press").key(black_box(KEY));
            let get = get.response_content_disposition(&opening.content_disposition);
            let get = get.set_response_content_type(opening.content_type);
            let hour = PresigningConfig::expires_in(Duration::from_secs(3_600)).unwrap();
            runtime.block_on(get.presigned(hour)).unwrap()
        });
    });
    group.bench_function("six hashes of 600 bytes, as a floor", |bench| {
        let bytes = [7; 600];
        bench.iter(|| (0..6).fold([0; 32], |_, _| Sha256::digest(black_box(bytes)).into()));
    });
    group.finish();
}

criterion_group!(benches, one_link);
criterion_main!(benches);
