// A morning's triage with a client that is made from the API's own document: node triage.js ADDRESS KEY
import createClient from "openapi-fetch";
import type { components, paths } from "./api.js";

type AlertEvent = components["schemas"]["AlertEvent"];

const [address, key] = process.argv.slice(2);
const client = createClient<paths>({ baseUrl: address, headers: { Authorization: `Bearer ${key}` } });

function must<T>(result: { data?: T; error?: unknown; response: Response }): T {
  if (result.data === undefined) {
    throw new Error(`${result.response.status}: ${JSON.stringify(result.error)}`);
  }
  return result.data;
}

// Everything that happens from here on.
const stream = must(await client.GET("/api/v1/alerts/stream", { parseAs: "stream" }));
const reader = stream!.pipeThrough(new TextDecoderStream()).getReader();
let received = "";
async function until(done: () => boolean): Promise<void> {
  while (!done()) {
    const { value, done: ended } = await reader.read();
    if (ended) {
      throw new Error("the stream ended: " + received);
    }
    received += value;
  }
}
const events = (): AlertEvent[] => received.split("\n").filter(line => line.startsWith("data: ")).map(line => JSON.parse(line.slice(6)));
// The first look at the table comes after the greeting; an event of our own shows that it has been.
await until(() => received.includes(": connected"));

const fresh = must(await client.GET("/api/v1/alerts", { params: { query: { status: ["new"], severity: ["high", "critical"], limit: 3 } } }));
const older = must(await client.GET("/api/v1/alerts", {
  params: { query: { status: ["new"], severity: ["high", "critical"], limit: 3, cursor: fresh.nextCursor ?? undefined } },
}));
const [first, ...rest] = [...fresh.items, ...older.items];

const shown = await client.GET("/api/v1/alerts/{id}", { params: { path: { id: first.id } } });
const tag = shown.response.headers.get("etag")!;
const taken = must(await client.PATCH("/api/v1/alerts/{id}", {
  params: { path: { id: first.id }, header: { "If-Match": tag } },
  body: { status: "investigating", assignee: "dana" },
}));
const late = await client.PATCH("/api/v1/alerts/{id}", {
  params: { path: { id: first.id }, header: { "If-Match": tag } },
  body: { status: "dismissed" },
});
const noted = must(await client.PATCH("/api/v1/alerts/{id}", { params: { path: { id: first.id } }, body: { note: "Asked the Baghdad desk." } }));
const bulk = must(await client.POST("/api/v1/alerts/bulk", { body: { ids: rest.map(alert => alert.id), change: { status: "dismissed" } } }));
const refused = await client.GET("/api/v1/alerts", { params: { query: { q: "(" } } });
const search = must(await client.GET("/api/v1/articles", { params: { query: { q: "قآني", sort: "relevance" } } }));

const wanted = rest.length + 3;
await until(() => events().length >= wanted && received.endsWith("\n\n"));
await reader.cancel();

console.log(JSON.stringify({
  listed: [first, ...rest].map(alert => alert.title),
  taken: [taken.status, taken.assignee],
  late: late.error?.status,
  history: noted.history.map(line => line.change),
  dismissed: bulk.changed.length,
  refused: refused.error && "errors" in refused.error ? refused.error.errors : null,
  marked: search.items.map(article => article.hits.map(hit => hit.surface)),
  events: events().map(event => `${event.alert.id === first.id ? "first" : "other"} ${event.change.change}`),
}));
