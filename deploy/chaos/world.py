"""The world that deploy/chaos/run.sh lets News Monitor watch: feeds that publish, a webhook that notes down, a judge that counts.

world.py serve --port P --feeds N --config FOLDER --host NAME   writes the configuration and serves until it is killed
world.py tell --port P start --api URL --key KEY                 waits until the service is ready, then begins to publish
world.py tell --port P stop | judge                              ends publishing; compares and prints (exit 1 where it does not add up)
"""
import argparse
import base64
import hashlib
import hmac
import json
import random
import statistics
import sys
import threading
import time
import urllib.error
import urllib.request
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

EVERY = 60          # seconds between two items of one feed
WATCHED = 10        # one item in so many has the watched name
KEPT = 30           # items that a feed still shows
SECRET = base64.b64encode(hashlib.sha256(b"news-monitor chaos").digest()).decode()
SYLLABLES = ["با", "تر", "سل", "مون", "كاد", "ريم", "نوب", "شاه", "دور", "ليت", "فاس", "قير", "هوم", "جين", "عول", "زاب"]


class World:
    def __init__(self, feeds, host, port):
        self.feeds, self.base = feeds, f"http://{host}:{port}"
        self.lock = threading.Lock()
        self.items = [[] for _ in range(feeds)]   # per feed: (link, title, text, published)
        self.published = {}                       # link -> time
        self.watched = set()
        self.hooks = []                           # (webhook-id, alert id, alert url, arrival)
        self.forged = 0
        self.polls = 0
        self.stopped = None
        self.random = random.Random(1)
        self.api = self.key = None

    def word(self):
        return "".join(self.random.choice(SYLLABLES) for _ in range(self.random.randint(2, 4)))

    def publish(self, feed):
        number = len(self.items[feed]) + 1
        link = f"{self.base}/story/{feed}/{number}"
        words = [self.word() for _ in range(70)]
        if self.random.randrange(WATCHED) == 0:
            words[self.random.randrange(60)] = "قاآني"
            self.watched.add(link)
        self.published[link] = time.time()
        self.items[feed].append((link, " ".join(words[:6]), " ".join(words[6:]), self.published[link]))

    def run(self):
        # Every feed has its own moment in the period, so that items come evenly.
        begin, done = time.time(), 0
        while self.stopped is None:
            due = int((time.time() - begin) * self.feeds / EVERY)
            with self.lock:
                while done < due:
                    self.publish(done % self.feeds)
                    done += 1
            time.sleep(0.05)

    def feed(self, number):
        with self.lock:
            self.polls += 1
            items = "".join(
                f"<item><title>{t}</title><link>{l}</link><guid>{l}</guid><pubDate>{formatdate(p)}</pubDate><description>{d}</description></item>"
                for l, t, d, p in reversed(self.items[number][-KEPT:]))
        return (f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Chaos {number}</title>'
                f"<link>{self.base}</link><description>x</description><language>ar</language>{items}</channel></rss>").encode()

    def hook(self, headers, body):
        signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
        mac = base64.b64encode(hmac.new(base64.b64decode(SECRET), signed, hashlib.sha256).digest()).decode()
        with self.lock:
            if f"v1,{mac}" not in headers["webhook-signature"].split():
                self.forged += 1
            event = json.loads(body)
            if event["type"] == "alert.raised":
                self.hooks.append((headers["webhook-id"], event["data"]["id"], event["data"]["url"], time.time()))
            # One answer in twenty is a failure after the fact: the message arrived and will come again.
            return 500 if self.random.randrange(20) == 0 else 204

    def ask(self, path):
        request = urllib.request.Request(self.api + path, headers={"Authorization": f"Bearer {self.key}"})
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.read()

    def all(self, path):
        items, cursor = [], None
        while True:
            page = json.loads(self.ask(f"/api/v1/{path}?limit=100" + (f"&cursor={urllib.request.quote(cursor)}" if cursor else "")))
            items += page["items"]
            cursor = page.get("nextCursor")
            if not cursor:
                return items

    def patiently(self, what, seconds):
        end = time.time() + seconds
        while True:
            try:
                return what()
            except (OSError, urllib.error.URLError, ValueError) as error:
                if time.time() > end:
                    raise TimeoutError(f"{seconds} s of asking, and the service does not answer: {error}") from error
                time.sleep(1)

    def start(self, api, key):
        self.api, self.key = api, key
        self.patiently(lambda: self.ask("/healthz/ready"), 180)
        threading.Thread(target=self.run, daemon=True).start()

    def lag(self):
        for line in self.ask("/metrics").decode().splitlines():
            if line.startswith("monitor_feeds_lag_seconds "):
                return float(line.split()[1])
        return None

    def judge(self):
        calm, lag = None, None
        # A message that the sink refused twice in a row waits for five minutes and up to a tenth more.
        end = self.stopped + 400
        while time.time() < end:
            lag = self.patiently(self.lag, 60)
            if calm is None and lag is not None and lag < 10:
                calm = time.time() - self.stopped
            with self.lock:
                delivered = {url for _, _, url, _ in self.hooks}
            # What was published last is looked at within the longest interval between two looks.
            seen = time.time() - self.stopped > 45
            if calm is not None and seen and self.watched <= delivered:
                break
            time.sleep(2)
        time.sleep(5)
        articles = self.patiently(lambda: self.all("articles"), 60)
        alerts = self.patiently(lambda: self.all("alerts"), 60)
        with self.lock:
            hooks = list(self.hooks)
        links = [a["url"] for a in articles]
        raised = [a["url"] for a in alerts]
        ids = {}
        for hook, alert, _, _ in hooks:
            ids.setdefault(alert, set()).add(hook)
        first = {}
        for _, _, url, at in hooks:
            first.setdefault(url, at)
        waits = sorted(first[url] - self.published[url] for url in first if url in self.published)
        checks = [
            ("every article stored once", sorted(links) == sorted(self.published), f"{len(links)} stored, {len(set(links))} different, "
             f"{len(self.published)} published, {len(set(self.published) - set(links))} missing"),
            ("every alert raised once", sorted(raised) == sorted(self.watched), f"{len(raised)} raised, {len(self.watched)} watched items"),
            ("every alert delivered", self.watched <= set(first), f"{len(self.watched & set(first))} of {len(self.watched)}, {len(hooks)} messages"),
            ("repeats carry the same webhook-id", all(len(i) == 1 for i in ids.values()), f"{len(hooks) - len(ids)} repeats"),
            ("every signature verifies", self.forged == 0, f"{self.forged} do not"),
            ("lag under 10 s within a minute", calm is not None and calm <= 60, f"after {calm:.0f} s" if calm is not None else f"still {lag} s"),
        ]
        lines = [f"{'ok    ' if good else 'FAILED'} {name}: {said}" for name, good, said in checks]
        if waits:
            lines.append(f"       from publication to webhook: median {statistics.median(waits):.1f} s, "
                         f"p99 {waits[int(len(waits) * .99)]:.1f} s, longest {waits[-1]:.1f} s; {self.polls} polls of {self.feeds} feeds")
        return all(good for _, good, _ in checks), "\n".join(lines)


class Handler(BaseHTTPRequestHandler):
    world = None
    protocol_version = "HTTP/1.1"

    def reply(self, status, body=b"", kind="text/plain; charset=utf-8"):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        if self.path.startswith("/feed/"):
            self.reply(200, self.world.feed(int(self.path[6:])), "application/rss+xml")
        else:
            self.reply(404)

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.path == "/hook":
            self.reply(self.world.hook(self.headers, body))
            return
        said = json.loads(body)
        if self.path == "/start":
            self.world.start(said["api"], said["key"])
            self.reply(200, b"true")
        elif self.path == "/stop":
            self.world.stopped = time.time()
            self.reply(200, b"true")
        elif self.path == "/judge":
            try:
                good, text = self.world.judge()
            except TimeoutError as error:
                good, text = False, f"FAILED {error}"
            self.reply(200, json.dumps([good, text]).encode())
        else:
            self.reply(404)

    def log_message(self, *_):
        """The run's own lines are enough."""


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 512

    def handle_error(self, request, client_address):
        """A killed worker breaks its connections off; that is the point of the exercise."""


def serve(arguments):
    world = Handler.world = World(arguments.feeds, arguments.host, arguments.port)
    server = Server(("0.0.0.0", arguments.port), Handler)
    with open(f"{arguments.config}/watches.yaml", "w", encoding="utf-8") as file:
        file.write('watches:\n  - {id: chaos, name: Chaos, severity: high, terms: ["قاآني"], recipients: [sink]}\n')
    with open(f"{arguments.config}/recipients.yaml", "w", encoding="utf-8") as file:
        file.write(f"recipients:\n  - {{id: sink, kind: webhook, url: '{world.base}/hook', secret: 'whsec_{SECRET}', mode: instant}}\n")
    outlines = "".join(f'<outline type="rss" text="Chaos {i}" xmlUrl="{world.base}/feed/{i}"/>' for i in range(arguments.feeds))
    with open(f"{arguments.config}/feeds.opml", "w", encoding="utf-8") as file:
        file.write(f'<?xml version="1.0"?><opml version="2.0"><head><title>Chaos</title></head><body>{outlines}</body></opml>')
    server.serve_forever()


def tell(arguments):
    body = json.dumps({"api": arguments.api, "key": arguments.key}).encode()
    with urllib.request.urlopen(f"http://127.0.0.1:{arguments.port}/{arguments.what}", body, timeout=900) as answer:
        said = json.loads(answer.read())
    if arguments.what == "judge":
        print(said[1])
        sys.exit(0 if said[0] else 1)


def main():
    parser = argparse.ArgumentParser()
    commands = parser.add_subparsers(required=True)
    one = commands.add_parser("serve")
    one.set_defaults(do=serve)
    one.add_argument("--port", type=int, required=True)
    one.add_argument("--feeds", type=int, required=True)
    one.add_argument("--config", required=True)
    one.add_argument("--host", required=True)
    two = commands.add_parser("tell")
    two.set_defaults(do=tell)
    two.add_argument("--port", type=int, required=True)
    two.add_argument("what", choices=["start", "stop", "judge"])
    two.add_argument("--api")
    two.add_argument("--key")
    arguments = parser.parse_args()
    arguments.do(arguments)


if __name__ == "__main__":
    main()
