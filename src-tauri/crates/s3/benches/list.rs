//! One page of 1,000 rows over this computer's own network: through the port, beside the SDK.
#![expect(clippy::unwrap_used, reason = "a benchmark that cannot go on must stop loudly")]

use std::sync::Arc;

use aws_sdk_s3::config::{BehaviorVersion, Credentials, Region};
use aws_sdk_s3::types::EncodingType;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use guestpass_core::ports::{Browse, Clock};
use guestpass_core::{BucketName, Place, Prefix, Secret};
use guestpass_s3::{Access, S3Store};
use guestpass_testkit::sink::{Catalogue, Sink};
use jiff::Timestamp;

/// Of a bucket that has more pages.
const KEYS: u32 = 1_000_000;
const ROWS: u64 = 1_000;

struct Wall;

impl Clock for Wall {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

fn one_page(criterion: &mut Criterion) {
    // The server has a thread of its own, so that it writes the next page while nobody measures it.
    let serving = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let sink = serving.block_on(Sink::listing(Catalogue { keys: KEYS, ..Catalogue::default() }));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let access = Access::Local {
        endpoint: sink.endpoint().into(),
        region: "eu-west-1".into(),
        access_key_id: Secret::new("AKIDEXAMPLE".into()),
        secret_access_key: Secret::new("secret".into()),
    };
    let store = runtime.block_on(S3Store::connect(access, "press", Arc::new(Wall), false)).unwrap();
    let place = Place { bucket: BucketName::parse("acme-press").unwrap(), prefix: Prefix::default() };
    let mut group = criterion.benchmark_group("one page");
    group.throughput(Throughput::Elements(ROWS));
    group.bench_function("ours", |bench| {
        bench.iter(|| {
            let page = runtime.block_on(store.list(&place, None, true)).unwrap();
            assert_eq!(page.entries.len() as u64, ROWS);
        });
    });

    let config = aws_sdk_s3::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .endpoint_url(sink.endpoint())
        .region(Region::new("eu-west-1"))
        .credentials_provider(Credentials::new("AKIDEXAMPLE", "secret", None, None, "bench"))
        .force_path_style(true);
    let client = aws_sdk_s3::Client::from_conf(config.build());
    group.bench_function("the SDK", |bench| {
        bench.iter(|| {
            let request = client.list_objects_v2().bucket("acme-press").encoding_type(EncodingType::Url);
            let page = runtime.block_on(request.send()).unwrap();
            assert_eq!(page.contents().len() as u64, ROWS);
        });
    });
    let (url, http) = (format!("{}/acme-press?list-type=2", sink.endpoint()), reqwest::Client::new());
    group.bench_function("its bytes alone, as a floor", |bench| {
        bench.iter(|| {
            let answer = async { http.get(&url).send().await.unwrap().bytes().await.unwrap() };
            runtime.block_on(answer).len()
        });
    });
    group.finish();
}

criterion_group!(benches, one_page);
criterion_main!(benches);
