// The scanner: what happens when. Everything that can be said without a page is in the modules beside.

import { expectedDays, isOfPitch } from "./arrivals.js";
import { openCamera, prepareDecoder, textsInPhoto, watch } from "./camera.js";
import { enrolmentCodeIn } from "./enrolment.js";
import { makeHolding } from "./holding.js";
import { makeMessagesView } from "./messages_view.js";
import { askForStorage, preflightRows } from "./preflight.js";
import { exported } from "./queue.js";
import { openSession } from "./session.js";
import { fromShortCode } from "./short_code.js";
import { makeSignals } from "./signals.js";
import { makeUi } from "./ui.js";
import { dayAt } from "./verdict.js";
import { makeWedge } from "./wedge.js";
import { takeNewVersion, watchVersions } from "./versions.js";

const CALM_MS = 1500; // so long a verdict stands before a code that is no pass may take its place
const GO_MS = 2500; // so long "go" stays; the rest stays until the next scan

const texts = JSON.parse(document.getElementById("texts").textContent);
const home = new URL("dist/scanner/", new URL(document.body.dataset.root, location.href));
const ui = makeUi(document, texts);
const signals = makeSignals();
const isNewInView = makeHolding();
const onKey = makeWedge();
const facts = { camera: null, isPersistent: null, isFailing: false, isOver: false };

let session;
let told;
let training = null;
let camera = null;
let stopWatching = null;
let wakeLock = null;
let shown = null;
let hiding = null;

const gateInUse = () => training ?? session.gate;
const direction = () => document.querySelector("input[name=direction]:checked").value;
const gateName = (code) => {
  const gate = session.knowledge.manifest()?.gate;
  return gate?.code === code ? gate.name : code;
};

// ─── showing ───

async function showStatus() {
  if (facts.isOver) return;
  told.show();
  const { knowledge, queue } = session;
  const counts = await queue.counts();
  const fetchedAt = knowledge.fact("fetchedAt") ?? null;
  ui.status({ ...counts, sent: knowledge.fact("sent") ?? 0, fetchedAt, isFailing: facts.isFailing });
  ui.show("trouble-storage", !session.hasDisk);
}

function showWhere() {
  const manifest = session.knowledge.manifest();
  ui.say("gate", manifest?.gate.name ?? session.device()?.gate.name ?? "");
  ui.say("edition", manifest?.edition.name ?? session.device()?.edition.name ?? "");
  ui.show("to-vehicles", arrivals().length > 0);
  if (ui.screenName() === "vehicles") showVehicles();
}

function showChecks() {
  const { knowledge } = session;
  const known = { ...facts, fetchedAt: knowledge.fact("fetchedAt") ?? null, isTrained: knowledge.fact("isTrained") };
  ui.checks(preflightRows({ ...known, now: Date.now() }, ui.t));
}

function detailOf(taken) {
  const about = taken.kind ? [ui.t(`kind_${taken.kind}`)] : [];
  if (taken.before && taken.verdict === "already_admitted") {
    about.push(ui.t("before_at", { time: ui.timeOf(taken.before.at), gate: gateName(taken.before.gate) }));
  }
  if (taken.verdict === "cannot_decide") about.push(ui.t(taken.letIn ? "rule_let_in" : "rule_not_let_in"));
  return about.join(" · ");
}

function showVerdict(taken) {
  const now = performance.now();
  if (taken.verdict === "unreadable" && shown && now - shown.since < CALM_MS && shown.verdict !== "unreadable") return;
  const isOut = taken.direction === "out";
  const words = session.knowledge.manifest().verdicts[taken.verdict];
  shown = { ...taken, since: now };
  ui.verdict({
    verdict: taken.verdict,
    title: words.title,
    sentence: words.sentence,
    detail: detailOf(taken),
    isSaved: taken.isSaved,
    canLetIn: !taken.letIn && !isOut,
    canUndo: !training && session.device().role === "supervise" && !taken.isUndone,
  });
  signals.play(taken.verdict);
  clearTimeout(hiding);
  if (taken.verdict === "admitted" || taken.verdict === "left") hiding = setTimeout(ui.hideVerdict, GO_MS);
  if (training && taken.verdict === "admitted") session.knowledge.keepFact("isTrained", true);
  showStatus();
}

function showTally() {
  const tally = tallyToday();
  ui.say("tally-in", String(tally.in));
  ui.say("tally-out", String(tally.out));
}

function tallyToday() {
  const days = session.knowledge.manifest()?.days ?? [];
  const day = dayAt(days, session.time().at)?.number ?? 0;
  const kept = session.knowledge.fact("tally");
  return kept?.day === day ? kept : { day, in: 0, out: 0 };
}

const arrivals = () => session.knowledge.manifest()?.arrivals ?? [];

function showVehicles() {
  const typed = ui.part("pitch").value;
  const found = arrivals().filter((arrival) => isOfPitch(arrival, typed));
  const missing = typed.trim() ? "vehicles_not_found" : "vehicles_none";
  ui.say("vehicles-refusal", found.length === 0 ? ui.t(missing) : "");
  ui.vehicles(expectedDays(found, session.time().at));
}

function showMenu() {
  const { device, knowledge } = session;
  const status = knowledge.fact("status");
  const rows = [[ui.t("fact_phone"), device()?.code ?? device()?.device ?? ""]];
  if (status) {
    rows.push([ui.t("fact_gate_admitted"), status.gate.admitted], [ui.t("fact_gate_tallied"), status.gate.tallied_in]);
    rows.push([ui.t("fact_inside"), status.edition.inside_now]);
  }
  ui.facts(rows);
  ui.screen("menu");
}

// ─── the camera ───

async function startCamera() {
  if (camera?.isLive()) return true;
  try {
    camera = await openCamera(ui.part("video"));
    stopWatching = watch(ui.part("video"), (text) => onText(text, "camera"));
  } catch {
    camera = null;
  }
  facts.camera = camera !== null;
  ui.show("no-camera", camera === null);
  ui.show("torch", Boolean(camera?.hasTorch));
  return camera !== null;
}

function stopCamera() {
  stopWatching?.();
  camera?.close();
  camera = null;
  ui.part("torch").setAttribute("aria-pressed", "false");
}

async function stayAwake() {
  wakeLock = (await navigator.wakeLock?.request("screen").catch(() => null)) ?? null;
}

// ─── reading ───

async function onText(text, entry) {
  if (entry === "camera" && !isNewInView(text, performance.now())) return;
  if (ui.screenName() === "linking") return connect(enrolmentCodeIn(text));
  if (ui.screenName() !== "scan") return;
  showVerdict(await gateInUse().read(text, entry, direction()));
}

async function onTyped(form) {
  const { passId, refusal } = fromShortCode(form.elements.short_code.value);
  ui.say("typed-refusal", refusal ? ui.t(refusal) : "");
  if (refusal) return;
  form.reset();
  ui.part("typed").close();
  showVerdict(await gateInUse().typed(passId, direction()));
}

async function onPhoto(input) {
  const [file] = input.files;
  input.value = "";
  if (!file) return;
  const found = await textsInPhoto(file).catch(() => []);
  ui.alarm(found.length === 0 ? "photo_without_code" : null);
  for (const text of found) await onText(text, "photo");
}

async function onTally(button) {
  const count = Number(button.dataset.count);
  const way = direction();
  const { isSaved } = await gateInUse().tally(count, way);
  if (!training) {
    const tally = tallyToday();
    session.knowledge.keepFact("tally", { ...tally, [way]: tally[way] + count });
  }
  signals.play("tally");
  ui.alarm(isSaved ? null : "tally_not_saved");
  showTally();
  showStatus();
}

// ─── screens ───

async function openScan() {
  signals.unlock();
  ui.hideVerdict();
  ui.screen("scan");
  ui.show("training-banner", training !== null);
  ui.show("training-pass", training !== null);
  stayAwake();
  await startCamera();
}

function openReady() {
  training = null;
  stopCamera();
  ui.show("training-banner", false);
  showChecks();
  ui.screen("ready");
}

async function checkPhone() {
  signals.unlock();
  await startCamera();
  stopCamera();
  facts.isPersistent = session.hasDisk && (await askForStorage());
  await session.sync.now();
  showChecks();
}

async function connect(code) {
  if (!code) return ui.alarm("connect_malformed");
  if ((await session.queue.counts()).saved > 0) return ui.alarm("connect_unsent");
  ui.alarm(null);
  const answer = await session.enrol(code, ui.part("nickname").value.trim());
  if (answer.status !== 201) return ui.alarm(answer.status === 0 ? "connect_unreachable" : "connect_refused");
  history.replaceState(null, "", location.pathname + location.search);
  stopCamera();
  await session.fetchLanguages(ui.languages);
  await session.sync.now();
  showWhere();
  openReady();
}

async function signOut() {
  const counts = await session.queue.counts();
  if (counts.saved + counts.unsaved > 0) return ui.alarm("sign_out_unsent", { count: counts.saved + counts.unsaved });
  if (session.messages.waiting().length > 0) return ui.alarm("sign_out_unsaid");
  await forget();
}

async function forget(reason = "") {
  facts.isOver = true;
  await session.wipe();
  location.hash = reason;
  location.reload();
}

async function exportScans() {
  const now = new Date().toISOString();
  const name = session.device()?.device ?? "phone";
  ui.download(`scans-${name}.json`, exported(await session.queue.all(), name, now));
}

function speak(language) {
  session.knowledge.keepFact("language", language);
  ui.speak(language);
  ui.part("language").value = language;
  showWhere();
  showStatus();
  if (session.device()) session.sync.renew();
}

// ─── what the background work says ───

const heard = {
  sent: ({ count }) => session.knowledge.keepFact("sent", (session.knowledge.fact("sent") ?? 0) + count),
  status: ({ status }) => session.knowledge.keepFact("status", status),
  message: () => signals.play("message"),
  fetched({ at }) {
    facts.isFailing = false;
    session.knowledge.keepFact("fetchedAt", at);
    showWhere();
  },
  failed() {
    facts.isFailing = true;
  },
  expired: () => ui.alarm("device_expired"),
  revoked: ({ isSent }) => (isSent ? forget("revoked") : ui.alarm("device_revoked")),
};

function listen() {
  ui.on("connect", (form) => connect(enrolmentCodeIn(form.elements.code.value)));
  ui.on("scan-link", () => (ui.screen("linking"), startCamera()));
  ui.on("check", checkPhone);
  ui.on("start", openScan);
  ui.on("scan", openScan);
  ui.on("ready", openReady);
  ui.on("menu", () => (stopCamera(), showMenu()));
  ui.on("vehicles", () => (showVehicles(), ui.screen("vehicles")));
  ui.part("pitch").addEventListener("input", showVehicles);
  ui.on("tally-screen", () => (showTally(), ui.screen("tally")));
  ui.on("tally", onTally);
  ui.on("type", () => ui.part("typed").showModal());
  ui.on("typed", onTyped);
  ui.on("close-typed", () => ui.part("typed").close());
  ui.on("photo", onPhoto);
  ui.on("torch", async (button) => {
    const isOn = button.getAttribute("aria-pressed") !== "true";
    await camera?.torch(isOn).catch(() => {});
    button.setAttribute("aria-pressed", String(isOn));
  });
  ui.on("let-in", async () => showVerdict(await gateInUse().letIn(shown)));
  ui.on("undo", async () => {
    await session.gate.undo(shown);
    ui.hideVerdict();
    showStatus();
  });
  ui.on("next", ui.hideVerdict);
  ui.on("train", async () => {
    training = await session.training();
    if (training) openScan();
  });
  ui.on("training-pass", () => onText(session.knowledge.manifest().training.pass, "tap"));
  ui.on("send", () => session.sync.renew());
  ui.on("take-version", takeNewVersion);
  ui.on("export", exportScans);
  ui.on("sign-out", signOut);
  ui.on("language", (select) => speak(select.value));
  ui.on("theme", (select) => (ui.theme(select.value), session.knowledge.keepFact("theme", select.value)));
  document.addEventListener("keydown", (event) => {
    if (event.target.closest?.("input, select, textarea, dialog")) return;
    const text = onKey(event.key, performance.now());
    if (text === null) return;
    event.preventDefault();
    onText(text, "wedge");
  });
  addEventListener("online", () => session.sync.now());
  document.addEventListener("visibilitychange", () => {
    if (document.hidden || !session.device()) return;
    session.sync.now();
    if (ui.screenName() === "scan") {
      startCamera();
      if (wakeLock) stayAwake();
    }
  });
}

async function boot() {
  session = await openSession("/api/v1/gate", (message) => {
    heard[message.kind]?.(message);
    showStatus();
  });
  told = makeMessagesView(document, { ui, messages: session.messages, onRead: () => (session.sync.soon(0), showStatus()) });
  listen();
  prepareDecoder(home).catch(() => ui.alarm("no_decoder"));
  ui.theme(session.knowledge.fact("theme") ?? "auto");
  speak(session.knowledge.language() ?? document.documentElement.lang);
  watchVersions(() => ui.show("new-version"));
  const invited = enrolmentCodeIn(location.hash);
  if (session.device()) openReady();
  else ui.screen("enrol");
  if (location.hash === "#revoked") ui.alarm("device_forgotten");
  if (!session.device() && invited) await connect(invited);
  // The same tab sent to another link: the page stays, only the part after # changes.
  addEventListener("hashchange", () => {
    const code = enrolmentCodeIn(location.hash);
    if (!session.device() && code) connect(code);
  });
  setInterval(showStatus, 5000);
}

boot();
