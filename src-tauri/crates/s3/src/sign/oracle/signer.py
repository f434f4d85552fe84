"""Signs by botocore what comes in on standard input, a JSON line each, at the time that the line says."""

import datetime
import json
import sys

import botocore.auth
import botocore.session
import botocore.signers
from botocore.config import Config
from botocore.credentials import Credentials

now = None
pays = False


def frozen(remove_tzinfo=True):
    return now if remove_tzinfo else now.replace(tzinfo=datetime.timezone.utc)


botocore.auth.get_current_datetime = frozen
botocore.signers.get_current_datetime = frozen

keys = Credentials("nobody", "nothing")
models = botocore.session.Session().get_component("data_loader")
sessions = {}
clients = {}


def client_for(request):
    """The client of a profile in the AWS files, with the settings of the request above those of the profile."""
    names = ("profile", "region", "endpoint_url", "s3")
    settings = {name: request.get(name) for name in names}
    which = json.dumps(settings, sort_keys=True)
    if which not in clients:
        profile = settings["profile"]
        if profile not in sessions:
            sessions[profile] = botocore.session.Session(profile=profile)
            # One for all: each would read megabytes of models anew.
            sessions[profile].register_component("data_loader", models)
        session = sessions[profile]
        s3 = {"us_east_1_regional_endpoint": "regional"}
        s3.update(session.get_scoped_config().get("s3") or {})
        s3.update(settings["s3"] or {})
        for name in ("use_dualstack_endpoint", "use_accelerate_endpoint"):
            if name in s3:
                s3[name] = str(s3[name]).lower() == "true"
        # The credentials are given by hand, and those of each request are put into them.
        session._credentials = keys
        clients[which] = session.create_client(
            "s3",
            region_name=settings["region"],
            endpoint_url=settings["endpoint_url"],
            config=Config(signature_version="s3v4", s3=s3, s3_disable_express_session_auth=True),
        )
        # In the query: the header that botocore would sign is one that no browser sends.
        clients[which].meta.events.register("before-sign.s3", who_pays)
    return clients[which]


def who_pays(request, **_):
    if pays:
        request.params["x-amz-request-payer"] = "requester"


def answer(request):
    global now, pays
    pays = request.get("pays", False)
    now = datetime.datetime.strptime(request["at"], "%Y-%m-%dT%H:%M:%SZ")
    keys.access_key, keys.secret_key, keys.token = request["keys"]
    client = client_for(request)
    if request["operation"] == "form":
        return client.generate_presigned_post(
            request["bucket"],
            request["key"],
            Fields=request["fields"],
            Conditions=request["conditions"],
            ExpiresIn=request["seconds"],
        )
    params = {"Bucket": request["bucket"], "Key": request["key"], **request["params"]}
    return client.generate_presigned_url(request["operation"], Params=params, ExpiresIn=request["seconds"])


def policy_signature(request):
    """Signs a policy text that is not botocore's own, with botocore's keys."""
    auth = botocore.auth.S3SigV4PostAuth(Credentials(*request["keys"]), request["service"], request["region"])
    moment = {"timestamp": request["moment"]}
    return auth.signature(request["policy"], type("Request", (), {"context": moment})())


for line in sys.stdin:
    request = json.loads(line)
    try:
        said = policy_signature(request) if request["operation"] == "policy" else answer(request)
        print(json.dumps({"said": said}), flush=True)
    except Exception as error:
        print(json.dumps({"refused": f"{type(error).__name__}: {error}"}), flush=True)
