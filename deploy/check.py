"""The parts of check.sh that read structured files.

check.py                          every YAML, JSON, OPML and XML file in deploy/ and seeds/ parses; references between manifests hold
check.py --workloads ALL FOLDER   writes each object with a pod template from ALL into FOLDER as workload-N.json
check.py --kept BEFORE AFTER      every field of BEFORE is still in AFTER
"""
import glob
import json
import re
import sys
import xml.etree.ElementTree

import yaml


def documents(path):
    with open(path, encoding="utf-8") as file:
        return [d for d in yaml.safe_load_all(file) if d is not None]


def lost(before, after, path=""):
    """The fields of `before` that `after` does not have. A list of named things is compared by name."""
    if isinstance(before, dict):
        for key, value in before.items():
            if not isinstance(after, dict) or key not in after:
                yield f"{path}.{key}"
            else:
                yield from lost(value, after[key], f"{path}.{key}")
    elif isinstance(before, list):
        named = {a["name"]: a for a in after if isinstance(a, dict) and "name" in a} if isinstance(after, list) else {}
        for i, value in enumerate(before):
            name = value.get("name") if isinstance(value, dict) else None
            yield from lost(value, named.get(name, after[i] if i < len(after) else None), f"{path}[{name or i}]")


def manifests():
    """What the API server would not tell until the pods fail: selectors, secrets and volumes that point nowhere."""
    objects = [d for f in sorted(glob.glob("deploy/kubernetes/*.yaml")) for d in documents(f) if d["kind"] != "Kustomization"]
    templates = [o["spec"]["template"] for o in objects if "template" in o.get("spec", {})]
    labels = [t["metadata"]["labels"] for t in templates]
    for o in objects:
        selector = o["spec"].get("selector") or o["spec"].get("podSelector") or {}
        wanted = selector.get("matchLabels", selector)
        if wanted and not any(wanted.items() <= have.items() for have in labels):
            yield f"{o['kind']} {o['metadata']['name']} selects no pod: {wanted}"
    for template in templates:
        pod = template["spec"]
        volumes = {v["name"] for v in pod.get("volumes", [])}
        claims = {c["metadata"]["name"] for o in objects for c in o["spec"].get("volumeClaimTemplates", [])}
        for container in pod["containers"]:
            for mount in container.get("volumeMounts", []):
                if mount["name"] not in volumes | claims:
                    yield f"container {container['name']} mounts {mount['name']}, which no volume declares"
    known = set(documents("deploy/kubernetes/kustomization.yaml")[0]["resources"]) | {"kustomization.yaml"}
    for file in glob.glob("deploy/kubernetes/*.yaml"):
        if file.rsplit("/", 1)[1] not in known:
            yield f"{file} is not in kustomization.yaml"


def metrics():
    """Names on the dashboard and in the alert rules that the service does not count."""
    code = "".join(open(f, encoding="utf-8").read() for f in glob.glob("src/NewsMonitor/Operations/**/*.cs", recursive=True))
    known = {name.replace(".", "_") for name in re.findall(r'"(monitor\.[a-z.]+)"', code)}
    for path in ["deploy/prometheus/alerts.yml", "deploy/grafana/dashboard.json"]:
        for name in sorted(set(re.findall(r"\bmonitor_[a-z_]+", open(path, encoding="utf-8").read()))):
            if known and not any(name in (k, f"{k}_total", f"{k}_seconds", f"{k}_seconds_bucket") for k in known):
                yield f"{path}: {name} is no metric of the service"


def main(arguments):
    problems = []
    if arguments[:1] == ["--workloads"]:
        for i, d in enumerate(d for d in documents(arguments[1]) if "template" in d.get("spec", {})):
            with open(f"{arguments[2]}/workload-{i}.json", "w", encoding="utf-8") as file:
                json.dump(d, file)
    elif arguments[:1] == ["--kept"]:
        before, after = (json.load(open(path, encoding="utf-8")) for path in arguments[1:3])
        problems = [f"{before['kind']} {before['metadata']['name']}: {field} is no field of it" for field in lost(before, after)]
    else:
        readers = {"yaml": documents, "yml": documents, "json": lambda f: json.load(open(f, encoding="utf-8")),
                   "xml": xml.etree.ElementTree.parse, "opml": xml.etree.ElementTree.parse}
        for ending, read in readers.items():
            for path in [*glob.glob(f"deploy/**/*.{ending}", recursive=True), *glob.glob(f"seeds/**/*.{ending}", recursive=True),
                         *glob.glob(f"*.{ending}")]:
                try:
                    read(path)
                except (yaml.YAMLError, ValueError, xml.etree.ElementTree.ParseError) as error:
                    problems.append(f"{path}: {error}")
        problems += [*manifests(), *metrics()]
    print("\n".join(problems))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
