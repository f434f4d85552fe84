"""Reads AWS files with botocore: a folder a line in, what is in its files a line of JSON out."""

import json
import os
import sys

import botocore.exceptions
import botocore.session

for line in sys.stdin:
    folder = line.rstrip("\n")
    os.environ["AWS_CONFIG_FILE"] = os.path.join(folder, "config")
    os.environ["AWS_SHARED_CREDENTIALS_FILE"] = os.path.join(folder, "credentials")
    try:
        config = botocore.session.Session().full_config
    except botocore.exceptions.ConfigParseError as error:
        print(json.dumps({"refused": str(error)}))
        continue
    print(json.dumps({"profiles": config["profiles"], "sessions": config.get("sso_sessions", {})}))
