import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { asked, button, openWindow, violations } from "../../testing/open";
import { scenarios } from "../../testing/world";

async function openForm(...args: Parameters<typeof openWindow>) {
  const opened = await openWindow(...args);
  await opened.user.click(await button("Use an access key"));
  return opened;
}

async function provider({ user }: Awaited<ReturnType<typeof openForm>>, name: string) {
  await user.click(await button(/Whose storage is it\?$/));
  await user.click(await screen.findByRole("option", { name }));
}

const field = (name: string) => screen.findByLabelText(name, { selector: "input" });
const check = () => button("Check and sign in");

test("a typed key is checked, kept and used, and its secret is not readable", async () => {
  const opened = await openForm(scenarios.connect);
  const { user, fake } = opened;
  await provider(opened, "Cloudflare R2");
  expect(await screen.findByRole("note")).toHaveTextContent("not the API token above them");
  expect(await violations()).toEqual([]);
  await user.type(await field("Account ID"), "0123456789abcdef0123456789abcdef");
  await user.type(await field("Key ID"), "0f0f");
  const secret = await field("Secret");
  expect(secret).toHaveAttribute("type", "password");
  await user.type(secret, "s3cret");
  expect(await field("Name")).toHaveValue("Cloudflare R2");
  await user.click(await check());
  expect(await screen.findByRole("navigation", { name: "Places" })).toBeVisible();
  expect(asked(fake, "addKey")).toEqual([
    [
      {
        ...{ name: "Cloudflare R2", accessKeyId: "0f0f", secretAccessKey: "s3cret" },
        ...{ sessionToken: "", usesPasted: false, insistsOnHttp: false, offer: null },
        endpoint: "https://0123456789abcdef0123456789abcdef.r2.cloudflarestorage.com",
        ...{ region: "auto", addressing: "auto" },
      },
      false,
    ],
  ]);
});

test("what is missing is said at its field, and nothing is asked for", async () => {
  const opened = await openForm(scenarios.connect);
  await provider(opened, "Garage");
  await opened.user.click(await check());
  expect(await field("Address of the server")).toHaveAccessibleDescription(/Type the address\./);
  expect(await field("Secret")).toHaveAccessibleDescription(/Type the secret\./);
  expect(await field("Location")).toBeValid();
  expect(asked(opened.fake, "addKey")).toEqual([]);
});

test("keys are pasted at once, and the secret stays in the app", async () => {
  const { user, fake } = await openForm(scenarios.connect);
  await user.click(await button("Paste keys"));
  expect(await screen.findByText("\u2068AKIA…WXYZ\u2069, secret found")).toBeVisible();
  await user.click(await check());
  expect(await screen.findByRole("navigation", { name: "Places" })).toBeVisible();
  expect(asked(fake, "addKey")[0]).toMatchObject([
    { accessKeyId: "", secretAccessKey: "", usesPasted: true },
    false,
  ]);
});

test("a whole block pasted into a field is taken from the clipboard, and a single line is not", async () => {
  const { user, fake } = await openForm(scenarios.connect);
  await user.click(await field("Key ID"));
  await user.paste("AKIAEXAMPLE");
  expect(await field("Key ID")).toHaveValue("AKIAEXAMPLE");
  expect(asked(fake, "pasteKey")).toEqual([]);
  await user.click(await field("Secret"));
  await user.paste("aws_access_key_id = AKIA\naws_secret_access_key = s3cret\n");
  expect(await screen.findByText(/secret found$/)).toBeVisible();
  expect(await field("Secret")).toHaveValue("");
  expect(await field("Key ID")).toHaveValue("");
  expect(asked(fake, "pasteKey")).toHaveLength(1);
});

test("what was pasted can tell whose storage it is", async () => {
  const { user } = await openForm({
    ...scenarios.connect,
    pasted: {
      ...{ accessKeyId: "0f0f", hasSecret: true, hasToken: false, region: null },
      endpoint: "https://s3.eu-central-003.backblazeb2.com",
    },
  });
  await user.click(await button("Paste keys"));
  expect(await button(/^Backblaze B2/)).toBeVisible();
  expect(await field("Address of the server")).toHaveValue(
    "https://s3.eu-central-003.backblazeb2.com",
  );
});

test("a clipboard without keys is said", async () => {
  const { user } = await openForm({ ...scenarios.connect, pasted: null });
  await user.click(await button("Paste keys"));
  expect(await screen.findByText(/^There are no keys on the clipboard/)).toBeVisible();
});

test("a key that the storage refuses is told beside the form", async () => {
  const { user } = await openForm(scenarios.keyRefused);
  await user.click(await button("Paste keys"));
  await user.click(await check());
  const alert = await screen.findByRole("alert");
  expect(alert).toHaveTextContent("The storage does not accept this key. Compare");
  expect(await field("Key ID")).toBeVisible();
});

test("a key that cannot be kept can be used for this session only", async () => {
  const { user, fake } = await openForm(scenarios.keyringLocked);
  await user.click(await button("Paste keys"));
  await user.click(await check());
  expect(await screen.findByRole("alert")).toHaveTextContent(
    "The keyring of this computer is locked",
  );
  await user.click(await button("Use it for this session only"));
  expect(await screen.findByRole("navigation", { name: "Places" })).toBeVisible();
  expect(asked(fake, "addKey").map(([, sessionOnly]) => sessionOnly)).toEqual([false, true]);
});

test("a server without encryption takes an insistence, for the key and for going in", async () => {
  const opened = await openForm(scenarios.keyInsecure);
  const { user, fake } = opened;
  await provider(opened, "MinIO");
  await user.type(await field("Address of the server"), "http://minio.acme.test:9000");
  await user.click(await button("Paste keys"));
  await user.click(await check());
  await user.click(await button("Use it all the same"));
  expect(await screen.findByRole("navigation", { name: "Places" })).toBeVisible();
  expect(asked(fake, "addKey").at(-1)).toMatchObject([
    { endpoint: "http://minio.acme.test:9000", insistsOnHttp: true },
    false,
  ]);
  expect(asked(fake, "connect")).toEqual([["own:3", true, null]]);
});
