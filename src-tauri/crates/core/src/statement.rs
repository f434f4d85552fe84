//! The IAM statement that is missing, for whoever may add it.
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html>

use serde_json::{Value, json};

use crate::{Action, Place};

/// What lets somebody do this in a place, as one statement of an identity policy, in JSON. `None` where the name of the
/// bucket does not tell its ARN, as the alias of an access point does not.
///
/// `region` decides how ARNs begin: China, the clouds of the US government and of Europe have their own.
pub(crate) fn statement_for(action: Action, place: &Place, region: Option<&str>) -> Option<String> {
    if place.bucket.as_str().ends_with(ALIAS) {
        return None;
    }
    let bucket = arn_of(place, region);
    let below = format!("{}*", literal(place.prefix.as_str()));
    let objects = match place.bucket.as_str().starts_with("arn:") {
        true => format!("{bucket}/object/{below}"),
        false => format!("{bucket}/{below}"),
    };
    let is_whole = place.prefix.as_str().is_empty();
    let (actions, resource): (&[&str], Value) = match action {
        Action::ListBuckets => (&["s3:ListAllMyBuckets"], json!("*")),
        // A condition on a prefix would never let the place of the bucket be asked for.
        Action::List if !is_whole => (&["s3:ListBucket"], json!(bucket)),
        Action::List => (&["s3:ListBucket", "s3:GetBucketLocation"], json!(bucket)),
        Action::Read => (&["s3:GetObject", "s3:GetObjectVersion"], json!(objects)),
        Action::Write => (&["s3:PutObject"], json!(objects)),
        Action::Abandon => (&["s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"], json!(objects)),
        Action::Restore => (&["s3:RestoreObject"], json!(objects)),
        Action::Delete => (&["s3:DeleteObject"], json!(objects)),
        Action::Undelete => (&["s3:DeleteObjectVersion"], json!(objects)),
    };
    let mut statement = json!({ "Effect": "Allow", "Action": actions, "Resource": resource });
    if action == Action::List && !is_whole {
        statement["Condition"] = json!({ "StringLike": { "s3:prefix": below } });
    }
    Some(pretty(&statement))
}

/// How the alias of an access point ends
/// (<https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-naming.html>).
const ALIAS: &str = "-s3alias";

/// What IAM takes for a pattern, as the character that it is
/// (<https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html>).
fn literal(prefix: &str) -> String {
    prefix.chars().fold(String::new(), |text, c| match c {
        '*' | '?' | '$' => text + &format!("${{{c}}}"),
        c => text + c.encode_utf8(&mut [0; 4]),
    })
}

/// What lets somebody use a key of KMS, to read and to write.
pub(crate) fn kms_statement(key: &str) -> String {
    pretty(&json!({
        "Effect": "Allow",
        "Action": ["kms:Decrypt", "kms:GenerateDataKey"],
        "Resource": key,
    }))
}

fn arn_of(place: &Place, region: Option<&str>) -> String {
    let name = place.bucket.as_str();
    if name.starts_with("arn:") { name.to_owned() } else { format!("arn:{}:s3:::{name}", partition(region)) }
}

/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html>
fn partition(region: Option<&str>) -> &'static str {
    match region {
        Some(region) if region.starts_with("cn-") => "aws-cn",
        Some(region) if region.starts_with("us-gov-") => "aws-us-gov",
        Some(region) if region.starts_with("eusc-") => "aws-eusc",
        _ => "aws",
    }
}

fn pretty(statement: &Value) -> String {
    // A value of texts always serialises.
    serde_json::to_string_pretty(statement).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{BucketName, Prefix};

    fn place(prefix: &str) -> Place {
        Place { bucket: BucketName::parse("acme").unwrap(), prefix: Prefix::parse(prefix).unwrap() }
    }

    fn read(action: Action, prefix: &str, region: &str) -> Value {
        serde_json::from_str(&statement_for(action, &place(prefix), Some(region)).unwrap()).unwrap()
    }

    #[test]
    fn a_statement_names_what_is_missing_and_no_more() {
        let list = read(Action::List, "in/", "eu-west-1");
        assert_eq!(list["Resource"], "arn:aws:s3:::acme");
        assert_eq!(list["Condition"]["StringLike"]["s3:prefix"], "in/*");
        assert!(read(Action::List, "", "eu-west-1").get("Condition").is_none());
        assert_eq!(read(Action::Read, "in/", "cn-north-1")["Resource"], "arn:aws-cn:s3:::acme/in/*");
        assert_eq!(read(Action::Delete, "", "us-gov-west-1")["Action"][0], "s3:DeleteObject");
        assert_eq!(read(Action::ListBuckets, "", "x")["Resource"], "*");
        assert_eq!(read(Action::Read, "a*?$/", "x")["Resource"], "arn:aws:s3:::acme/a${*}${?}${$}/*");
    }

    #[test]
    fn an_access_point_names_its_objects_in_its_own_way() {
        let arn = "arn:aws:s3:eu-west-1:123456789012:accesspoint/press";
        let place = Place { bucket: BucketName::parse(arn).unwrap(), prefix: Prefix::root() };
        let statement = statement_for(Action::Read, &place, None).unwrap();
        assert!(statement.contains(&format!("{arn}/object/*")));
        let alias = BucketName::parse("press-ap-abcdefghijklmnop-s3alias").unwrap();
        assert_eq!(statement_for(Action::Read, &Place { bucket: alias, ..place }, None), None);
    }
}
