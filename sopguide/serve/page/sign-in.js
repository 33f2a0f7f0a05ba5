// A link from another site comes without our cookie, for its safety; asked from here, it is sent.
"use strict";
fetch("/session", { cache: "no-store" })
  .then((reply) => reply.json())
  .then((session) => session.name && location.replace("/"))
  .catch(() => {}); // without an answer the form is there all the same
