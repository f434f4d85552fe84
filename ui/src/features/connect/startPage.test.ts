import { expect, test } from "vitest";
import { startPageOf } from "./startPage";

test.each([
  ["acme", "https://acme.awsapps.com/start"],
  ["  ACME ", "https://acme.awsapps.com/start"],
  ["d-996712ab34", "https://d-996712ab34.awsapps.com/start"],
  ["acme.awsapps.com", "https://acme.awsapps.com/start"],
  ["https://acme.awsapps.com/start/", "https://acme.awsapps.com/start"],
  ["https://acme.awsapps.com/start/#/?tab=accounts", "https://acme.awsapps.com/start"],
  [
    "https://ssoins-12ab.portal.eu-central-1.app.aws/",
    "https://ssoins-12ab.portal.eu-central-1.app.aws/start",
  ],
  ["https://signin.acme.test/aws", "https://signin.acme.test/aws"],
])("%s is a start page", (typed, page) => expect(startPageOf(typed)).toBe(page));

test.each(["", "  ", "our company", "http://acme.awsapps.com/start", "https://", "mira@"])(
  "“%s” is none",
  (typed) => expect(startPageOf(typed)).toBeNull(),
);
