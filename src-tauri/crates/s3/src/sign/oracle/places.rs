//! Where links lead, for profiles as people write them: the AWS files are read by us and by botocore.

use std::ffi::OsString;
use std::process::Command;
use std::{env, fs};

use guestpass_core::{BucketName, Kind, Way};
use serde_json::json;

use super::Parts;
use super::botocore::{Botocore, is_for_aws};
use super::requests::Request;
use super::stub::{Keys, Network, opened};
use crate::Limits;
use crate::ways::{Access, configuration};

/// One profile, one bucket.
struct Case {
    /// The lines of the profile; the profile is called after the number of its case.
    profile: &'static str,
    bucket: &'static str,
    /// The region in which AWS says that the bucket is; none where AWS need not be asked.
    found: Option<&'static str>,
    /// What stands in front of the key.
    place: &'static str,
}

const fn case(
    profile: &'static str,
    bucket: &'static str,
    found: Option<&'static str>,
    place: &'static str,
) -> Case {
    Case { profile, bucket, found, place }
}

const IRELAND: Option<&str> = Some("eu-west-1");
const VIRGINIA: Option<&str> = Some("us-east-1");
const ARN: &str = "arn:aws:s3:eu-central-1:123456789012:accesspoint/press";

/// Behind the profiles in the config file.
const SERVICES: &str = "[services seaside]\ns3 =\n  endpoint_url = https://s3.seaside.test:8333\n";

#[rustfmt::skip]
const CASES: &[Case] = &[
    case("region = eu-west-1", "acme-press", IRELAND, "https://acme-press.s3.eu-west-1.amazonaws.com/"),
    case("region = us-east-1", "acme-press", IRELAND, "https://acme-press.s3.eu-west-1.amazonaws.com/"),
    case("region = eu-west-1", "acme-press", VIRGINIA, "https://acme-press.s3.us-east-1.amazonaws.com/"),
    case("", "acme-press", VIRGINIA, "https://acme-press.s3.us-east-1.amazonaws.com/"),
    case("region = eu-west-1", "acme.press", IRELAND, "https://s3.eu-west-1.amazonaws.com/acme.press/"),
    case("region = eu-west-1", "Acme_Press", VIRGINIA, "https://s3.us-east-1.amazonaws.com/Acme_Press/"),
    case("region = eu-west-1", "press-1a2b3c4d5e6f7g8h9i-s3alias", IRELAND,
        "https://press-1a2b3c4d5e6f7g8h9i-s3alias.s3.eu-west-1.amazonaws.com/"),
    case("region = eu-central-1", ARN, None,
        "https://press-123456789012.s3-accesspoint.eu-central-1.amazonaws.com/"),
    case("region = us-east-1", ARN, None,
        "https://press-123456789012.s3-accesspoint.eu-central-1.amazonaws.com/"),
    case("region = eu-central-1\nuse_dualstack_endpoint = true", ARN, None,
        "https://press-123456789012.s3-accesspoint.dualstack.eu-central-1.amazonaws.com/"),
    case("region = eu-west-1\nuse_dualstack_endpoint = true", "acme-press", IRELAND,
        "https://acme-press.s3.dualstack.eu-west-1.amazonaws.com/"),
    case("region = eu-west-1\ns3 =\n  use_dualstack_endpoint = true", "acme-press", IRELAND,
        "https://acme-press.s3.dualstack.eu-west-1.amazonaws.com/"),
    case("region = us-west-2\nuse_fips_endpoint = true", "acme-press", VIRGINIA,
        "https://acme-press.s3-fips.us-east-1.amazonaws.com/"),
    case("region = us-west-2\nuse_fips_endpoint = true\nuse_dualstack_endpoint = true", "acme-press", VIRGINIA,
        "https://acme-press.s3-fips.dualstack.us-east-1.amazonaws.com/"),
    case("region = eu-west-1\ns3 =\n  use_accelerate_endpoint = true", "acme-press", IRELAND,
        "https://acme-press.s3-accelerate.amazonaws.com/"),
    case("region = eu-west-1\ns3 =\n  use_accelerate_endpoint = true\n  use_dualstack_endpoint = true", "acme-press",
        IRELAND, "https://acme-press.s3-accelerate.dualstack.amazonaws.com/"),
    case("region = eu-west-1\ns3 =\n  use_accelerate_endpoint = true\n  addressing_style = path", "acme-press",
        IRELAND, "https://acme-press.s3-accelerate.amazonaws.com/"),
    case("region = eu-west-1\ns3 =\n  addressing_style = path", "acme-press", IRELAND,
        "https://s3.eu-west-1.amazonaws.com/acme-press/"),
    case("region = eu-west-1\ns3 =\n  addressing_style = virtual", "acme.press", IRELAND,
        "https://s3.eu-west-1.amazonaws.com/acme.press/"),
    case("region = cn-north-1", "acme-press", Some("cn-northwest-1"),
        "https://acme-press.s3.cn-northwest-1.amazonaws.com.cn/"),
    case("region = us-gov-west-1", "acme-press", Some("us-gov-east-1"),
        "https://acme-press.s3.us-gov-east-1.amazonaws.com/"),
    case("region = eusc-de-east-1", "acme-press", Some("eusc-de-east-1"),
        "https://acme-press.s3.eusc-de-east-1.amazonaws.eu/"),
    case("region = us-east-1", "acme--use1-az4--x-s3", VIRGINIA,
        "https://acme--use1-az4--x-s3.s3express-use1-az4.us-east-1.amazonaws.com/"),
    case("region = eu-west-1\nendpoint_url = https://s3.eu-west-1.amazonaws.com", "acme-press", IRELAND,
        "https://acme-press.s3.eu-west-1.amazonaws.com/"),
    case("region = us-east-1\nendpoint_url = https://bucket.vpce-1a2b-5e6f.s3.us-east-1.vpce.amazonaws.com",
        "acme-press", VIRGINIA, "https://acme-press.bucket.vpce-1a2b-5e6f.s3.us-east-1.vpce.amazonaws.com/"),
    case("region = us-east-1\nendpoint_url = https://minio.acme.test:9000", "acme-press", None,
        "https://minio.acme.test:9000/acme-press/"),
    case("region = us-east-1\nendpoint_url = https://minio.acme.test:9000/", "acme-press", None,
        "https://minio.acme.test:9000/acme-press/"),
    case("endpoint_url = https://minio.acme.test:9000", "acme-press", None,
        "https://minio.acme.test:9000/acme-press/"),
    case("region = us-east-1\nendpoint_url = https://minio.acme.test:9000\ns3 =\n  addressing_style = virtual",
        "acme-press", None, "https://acme-press.minio.acme.test:9000/"),
    case("region = us-east-1\nendpoint_url = https://minio.acme.test:9000\ns3 =\n  addressing_style = auto",
        "acme-press", None, "https://minio.acme.test:9000/acme-press/"),
    case("region = auto\nendpoint_url = https://0123456789abcdef.r2.cloudflarestorage.com", "acme-press", None,
        "https://0123456789abcdef.r2.cloudflarestorage.com/acme-press/"),
    case("region = eu-central-003\nendpoint_url = https://s3.eu-central-003.backblazeb2.com", "acme-press", None,
        "https://s3.eu-central-003.backblazeb2.com/acme-press/"),
    case("region = us-east-1\nendpoint_url = https://s3.wasabisys.com\ns3 =\n  addressing_style = virtual",
        "acme-press", None, "https://acme-press.s3.wasabisys.com/"),
    case("region = garage\nendpoint_url = https://acme.test/s3/api", "acme-press", None,
        "https://acme.test/s3/api/acme-press/"),
    case("region = garage\nendpoint_url = https://acme.test/s3/api/", "acme-press", None,
        "https://acme.test/s3/api/acme-press/"),
    case("region = garage\nendpoint_url = https://acme.test/s3/api\ns3 =\n  addressing_style = virtual",
        "acme-press", None, "https://acme-press.acme.test/s3/api/"),
    case("region = us-east-1\nendpoint_url = https://minio.acme.test:443", "acme-press", None,
        "https://minio.acme.test/acme-press/"),
    case("region = us-east-1\nendpoint_url = http://[::1]:9000", "acme-press", None, "http://[::1]:9000/acme-press/"),
    case("region = us-east-1\nendpoint_url = http://[::1]", "acme.press", None, "http://[::1]/acme.press/"),
    case("region = us-east-1\nservices = seaside", "acme-press", None, "https://s3.seaside.test:8333/acme-press/"),
    case("region = us-east-1\nendpoint_url = https://other.test\nservices = seaside", "acme-press", None,
        "https://s3.seaside.test:8333/acme-press/"),
];

/// The AWS files are named by variables, which belong to a whole process.
#[test]
fn places_are_those_of_botocore_for_the_same_files() {
    let dir = tempfile::tempdir().unwrap();
    let profiles =
        CASES.iter().enumerate().map(|(number, case)| format!("[profile {number}]\n{}\n", case.profile));
    fs::write(dir.path().join("config"), profiles.collect::<String>() + SERVICES).unwrap();
    let keys = Keys::plain();
    let keys = format!("aws_access_key_id = {}\naws_secret_access_key = {}\n", keys.id, keys.secret);
    let credentials = (0..CASES.len()).map(|number| format!("[{number}]\n{keys}"));
    fs::write(dir.path().join("credentials"), credentials.collect::<String>()).unwrap();
    let files = [("AWS_CONFIG_FILE", "config"), ("AWS_SHARED_CREDENTIALS_FILE", "credentials")];
    let files = files.map(|(name, file)| (name, dir.path().join(file).into()));
    in_a_process_of_its_own("the_same_files", files);
}

#[test]
fn places_are_those_of_botocore_for_the_same_environment() {
    let keys = Keys::temporary();
    let variables = [
        ("AWS_ACCESS_KEY_ID", keys.id),
        ("AWS_SECRET_ACCESS_KEY", keys.secret),
        ("AWS_SESSION_TOKEN", keys.token.unwrap()),
        ("AWS_DEFAULT_REGION", "garage".to_owned()),
        ("AWS_REGION", "garage".to_owned()),
        ("AWS_ENDPOINT_URL", "https://other.test".to_owned()),
        ("AWS_ENDPOINT_URL_S3", "https://acme.test/s3/api".to_owned()),
        ("AWS_CONFIG_FILE", "none".to_owned()),
        ("AWS_SHARED_CREDENTIALS_FILE", "none".to_owned()),
    ];
    in_a_process_of_its_own("the_same_environment", variables.map(|(name, value)| (name, value.into())));
}

/// Runs a test of this module that is else ignored, with these variables alone of AWS's.
fn in_a_process_of_its_own<const N: usize>(test: &str, variables: [(&str, OsString); N]) {
    let mut child = Command::new(env::current_exe().unwrap());
    child.args(["--exact", "--ignored", "--nocapture", &format!("sign::oracle::places::{test}")]);
    for (name, _) in env::vars_os().filter(|(name, _)| is_for_aws(name)) {
        child.env_remove(name);
    }
    let outcome = child.envs(variables).env("AWS_EC2_METADATA_DISABLED", "true").output().unwrap();
    let said = String::from_utf8_lossy(&outcome.stdout) + String::from_utf8_lossy(&outcome.stderr);
    assert!(outcome.status.success() && said.contains("1 passed"), "{said}");
}

#[tokio::test]
#[ignore = "run by a test above, in a process of its own"]
async fn the_same_environment() {
    let store = opened(configuration(Access::Way(Way::Environment), Limits::default()).await).await;
    let request = Request { keys: Keys::temporary(), ..Request::get("acme-press", "film.mp4") };
    let ours = request.by_us(&store).await;
    assert_eq!(format!("{}{}", ours.origin, ours.path), "https://acme.test/s3/api/acme-press/film.mp4");
    let of_botocore = Botocore::start_as_we_are().url(&request.for_botocore(&json!({})));
    assert_eq!(ours, Parts::of(&of_botocore));
}

#[tokio::test]
#[ignore = "run by a test above, in a process of its own"]
async fn the_same_files() {
    let botocore = Botocore::start_as_we_are();
    for (number, case) in CASES.iter().enumerate() {
        let profile = number.to_string();
        let network = Network::answering(if case.found.is_some() { 200 } else { 500 }, case.found);
        let mut configured =
            configuration(Access::Way(Way::Aws { profile: profile.clone(), code: None }), Limits::default())
                .await;
        configured.config = configured.config.http_client(network.clone());
        let store = opened(configured).await;
        let request = Request::get(case.bucket, "a b/ü%2F.txt");
        let ours = request.by_us(&store).await;
        let name = format!("{} and {}", case.profile, case.bucket);
        assert_eq!(
            format!("{}{}", ours.origin, ours.path),
            format!("{}a%20b/%C3%BC%252F.txt", case.place),
            "{name}"
        );
        assert_eq!(network.asked().len(), usize::from(case.found.is_some()), "{name}: {:?}", network.asked());

        assert_eq!(ours, without_port_of_scheme(request.by_the_sdk(&store).await), "{name}: the SDK");
        if case.bucket.ends_with("--x-s3") {
            // Botocore presigns for directory buckets only by a session, for which it asks the network.
            continue;
        }

        // The region that was found is told to botocore, which would learn it from a refusal.
        let mut settings = json!({ "profile": profile, "region": case.found });
        if case.bucket == ARN {
            settings["region"] = json!("eu-central-1");
        }
        if !case.profile.contains("addressing_style") && case.place.contains(".amazonaws.") {
            // Asked for nothing, botocore presigns for `s3.amazonaws.com` in every region, which only redirects.
            settings["s3"] = json!({ "addressing_style": "virtual" });
        }
        let of_botocore = Parts::of(&botocore.url(&request.for_botocore(&settings)));
        assert_eq!(ours, without_port_of_scheme(of_botocore), "{name}: botocore");
    }
}

/// The others write it as the profile does, and sign without it like us: no client sends it in its `Host`.
fn without_port_of_scheme(mut url: Parts) -> Parts {
    url.origin = url.origin.replace("acme.test:443", "acme.test");
    url
}

/// They are signed for all regions at once, by elliptic curves: none of the other servers and tools knows that.
#[tokio::test]
async fn a_multi_region_access_point_is_refused() {
    let store = super::stub::store(&Keys::plain(), "eu-west-1", None).await;
    let bucket = BucketName::parse("arn:aws:s3::123456789012:accesspoint/mfzwi23gnjvgw.mrap").unwrap();
    let refused = store.regions.signing_place(&bucket, "press").await.unwrap_err();
    let address = "s3://arn:aws:s3::123456789012:accesspoint/mfzwi23gnjvgw.mrap/".to_owned();
    assert_eq!(refused.into_kind(), Kind::AddressInvalid { address });
}
