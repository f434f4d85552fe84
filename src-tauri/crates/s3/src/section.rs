//! The `s3` part of a profile, which AWS's Python tools read and the Rust SDK does not.
//! <https://docs.aws.amazon.com/cli/latest/topic/s3-config.html>

use aws_config::SdkConfig;
use aws_sdk_s3::config;
use aws_types::service_config::ServiceConfigKey;
use guestpass_core::Addressing;

/// What is read of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct S3Section {
    pub(crate) addressing: Addressing,
    dual_stack: bool,
    accelerate: bool,
}

impl S3Section {
    /// A server of whom no file speaks.
    pub(crate) fn by(addressing: Addressing) -> Self {
        Self { addressing, ..Self::default() }
    }

    pub(crate) fn of(shared: &SdkConfig) -> Self {
        // The key wants a variable too, and there is none of this meaning.
        let key =
            ServiceConfigKey::builder().service_id("s3").profile("s3").env("GUESTPASS_S3_SECTION").build();
        let text = key.ok().and_then(|key| shared.service_config()?.load_config(key));
        Self::read(&text.unwrap_or_default())
    }

    /// Reads indented `name = value` lines.
    fn read(text: &str) -> Self {
        let value = |name: &str| {
            let mut lines = text.lines().filter_map(|line| line.split_once('='));
            lines.find(|(key, _)| key.trim() == name).map(|(_, value)| value.trim().to_ascii_lowercase())
        };
        let is_on = |name| value(name).as_deref() == Some("true");
        let accelerate = is_on("use_accelerate_endpoint");
        Self {
            addressing: match value("addressing_style").as_deref() {
                // It knows buckets by host alone; the SDK refuses both, and AWS's Python tools let this one win.
                _ if accelerate => Addressing::Virtual,
                Some("path") => Addressing::Path,
                Some("virtual") => Addressing::Virtual,
                _ => Addressing::Auto,
            },
            dual_stack: is_on("use_dualstack_endpoint"),
            accelerate,
        }
    }

    pub(crate) fn apply(self, mut config: config::Builder) -> config::Builder {
        if self.dual_stack {
            config = config.use_dual_stack(true);
        }
        if self.accelerate {
            config = config.accelerate(true);
        }
        config
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_section_is_read_as_it_is_written() {
        assert_eq!(S3Section::read(""), S3Section::default());
        let section = S3Section::read("\naddressing_style = virtual\nuse_dualstack_endpoint=true\nother = 1");
        assert_eq!(section, S3Section { addressing: Addressing::Virtual, dual_stack: true, accelerate: false });
        assert_eq!(S3Section::read("addressing_style=path").addressing, Addressing::Path);
    }
}
