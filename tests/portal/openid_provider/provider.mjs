// An OpenID provider on this machine that takes everybody's word: whoever signs in as a name has it as personal code.
// Arguments: the client's address to come back to, its secret. Prints its own address when it answers.

import { createServer } from "node:http";
import Provider from "oidc-provider";

const [comesBackTo, secret] = process.argv.slice(2);
const server = createServer();
server.listen(0, "127.0.0.1", () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: [{ client_id: "balsts", client_secret: secret, redirect_uris: [comesBackTo] }],
    claims: { openid: ["sub", "personal_code"] },
    findAccount: (context, name) => ({
      accountId: name,
      claims: () => ({ sub: name, personal_code: name }),
    }),
    pkce: { required: () => true },
  });
  server.on("request", provider.callback());
  console.log(issuer);
});
