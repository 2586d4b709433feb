// The page of `swax watch` in a real browser: node watch.mjs ADDRESS CHROMIUM FOLDER PID PICTURES.
// FOLDER has the runs runs/a, runs/b and runs/live, of which process PID trains the last, and a grid.

import assert from "node:assert/strict";
import { appendFile, rename } from "node:fs/promises";
import { chromium } from "playwright-core";

const [address, executablePath, folder, pid, pictures] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
const faults = [];
const hosts = new Set();

async function open(options = {}) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, ...options });
  page.setDefaultTimeout(60_000);
  page.on("pageerror", (fault) => faults.push(fault.message));
  page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
  page.on("request", (request) => hosts.add(new URL(request.url()).origin));
  return page;
}

const picture = (page, name) => page.screenshot({ path: `${pictures}/${name}.png` });
const item = (page, name) => page.locator("#runs li", { has: page.locator(`.name:text-is("${name}")`) });
const tell = (run, from, to) => {
  let lines = "";
  for (let step = from; step <= to; step++) {
    lines += `{"step":${step},"time":"2026-01-01T00:00:${String(step % 60).padStart(2, "0")}Z","loss":${1 + 3 / step},"lr":0.001,"gradientNorm":${1 + 1 / step},"tokens":${step * 256}}\n`;
  }
  return appendFile(`${folder}/runs/${run}/metrics.jsonl`, lines);
};

const checks = {
  async "runs and their curves are shown"(page) {
    await page.goto(address);
    await item(page, "a").waitFor();
    await page.locator(".chart canvas").first().waitFor();
    assert.deepEqual(await page.locator("#runs .name").allTextContents(), ["a", "b", "live"]);
    assert.equal(await page.locator("#runs input:checked").count(), 3);
    assert.ok((await page.locator(".chart").count()) >= 4);
    assert.ok(await painted(page), "the first chart has more than its axes");
    assert.match(await page.locator(".chart canvas").first().getAttribute("aria-label"), /^Training loss.*3 curves\. a: last/);
    await picture(page, "1-curves");
  },

  async "what is chosen stays in the address, over a reload and back"(page) {
    await item(page, "b").locator("input").uncheck();
    await page.waitForURL(/runs=runs%2Fa&runs=runs%2Flive/);
    await page.locator("#across").selectOption("tokens");
    await page.locator("#logy").check();
    const url = page.url();
    await page.reload();
    await item(page, "a").waitFor();
    assert.equal(page.url(), url);
    assert.equal(await item(page, "b").locator("input").isChecked(), false);
    assert.equal(await page.locator("#across").inputValue(), "tokens");
    assert.ok(await page.locator("#logy").isChecked());
    await page.goBack();
    await page.waitForFunction(() => !document.getElementById("logy").checked);
  },

  async "a chart is read and zoomed with the keyboard, and zoomed by dragging"(page) {
    const canvas = page.locator(".chart canvas").first();
    await canvas.focus();
    await page.keyboard.press("ArrowRight");
    await page.waitForFunction(() => /^tokens [\d,.]+: a /.test(document.getElementById("spoken").textContent));
    await page.keyboard.press("+");
    await page.waitForURL(/from=.*to=/);
    await page.keyboard.press("0");
    await page.waitForURL((url) => !url.hash.includes("from="));
    const box = await canvas.boundingBox();
    await page.mouse.move(box.x + 120, box.y + 60);
    await page.mouse.down();
    await page.mouse.move(box.x + 220, box.y + 60, { steps: 5 });
    await picture(page, "2-dragging");
    await page.mouse.up();
    await page.locator("#unzoom").click();
    await page.waitForURL((url) => !url.hash.includes("from="));
  },

  async "new steps appear, and a damaged line is told of"(page) {
    await tell("live", 3, 60);
    await item(page, "live").locator("text=step 60 of").waitFor();
    await appendFile(`${folder}/runs/live/metrics.jsonl`, '{"step":61,"lo\n');
    await tell("live", 62, 90);
    await item(page, "live").locator("a.running").click();
    await page.locator("#run .trouble", { hasText: "Damaged lines" }).waitFor();
    await page.locator("#run td", { hasText: "2000 step" }).first().waitFor();
    await picture(page, "3-run");
  },

  async "a part of a long run has every step"(page) {
    await tell("b", 3, 20_000);
    await item(page, "b").locator("text=step 20,000 of").waitFor();
    await page.goto(`${address}#runs=runs%2Fb&smooth=0&from=12001&to=12010`);
    const table = page.locator(".chart details").first();
    await table.locator("summary").click();
    const places = table.locator("tbody th");
    const steps = () => places.allTextContents().then((all) => all.map((text) => Number(text.replace(/\D/g, ""))));
    await page.waitForFunction(() => document.querySelectorAll(".chart details tbody th").length >= 10);
    assert.deepEqual((await steps()).slice(1, 11), Array.from({ length: 10 }, (_, i) => 12_001 + i));
    await picture(page, "6-part");
    await table.locator("summary").click();
    await page.goto(`${address}#`);
  },

  async "a run that dies is stopped"(page) {
    process.kill(Number(pid), "SIGKILL");
    await item(page, "live").locator("a.stopped").waitFor();
  },

  async "a grid fills cell by cell"(page) {
    await page.locator("#grids a").click();
    await page.locator("#grid", { hasText: "1 of 4 cells done" }).waitFor();
    assert.equal(await page.locator("#grid .cell.failed").count(), 1);
    await rename(`${folder}/grids/small/later.json`, `${folder}/grids/small/cells/c2/result.json`);
    await page.locator("#grid", { hasText: "2 of 4 cells done" }).waitFor();
    await picture(page, "4-grid");
  },

  async "the numbers are a table"(page) {
    await page.locator(".views a", { hasText: "Numbers" }).click();
    assert.ok((await page.locator("#numbers tbody tr").count()) >= 2);
    assert.ok((await page.locator("#numbers thead").textContent()).includes("gradient norm"));
  },

  async "everything that can be used has a name"(page) {
    const nameless = await page.evaluate(() =>
      [...document.querySelectorAll("a, button, input, select, canvas, summary")]
        .filter((one) => !one.getAttribute("aria-label") && !one.textContent.trim() && !one.labels?.[0]?.textContent.trim())
        .map((one) => one.outerHTML));
    assert.deepEqual(nameless, []);
  },

  async "a phone needs no scrolling sideways, in dark"() {
    const phone = await open({ viewport: { width: 390, height: 844 }, colorScheme: "dark", isMobile: true, hasTouch: true });
    await phone.goto(address);
    await phone.locator(".chart canvas").first().waitFor();
    assert.ok(await phone.evaluate(() => document.scrollingElement.scrollWidth <= innerWidth));
    assert.equal(await phone.evaluate(() => getComputedStyle(document.body).backgroundColor), "rgb(17, 22, 29)");
    await picture(phone, "5-phone");
    await phone.close();
  },

  async "nothing was asked elsewhere, and nothing failed"() {
    assert.deepEqual([...hosts], [new URL(address).origin]);
    assert.deepEqual(faults, []);
  },
};

// Whether a chart has many pixels that are neither its ground nor grey.
function painted(page) {
  return page.waitForFunction(() => {
    const canvas = document.querySelector(".chart canvas");
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    let coloured = 0;
    for (let i = 0; i < data.length; i += 4) {
      coloured += data[i + 3] > 128 && Math.max(data[i], data[i + 1], data[i + 2]) - Math.min(data[i], data[i + 1], data[i + 2]) > 60;
    }
    return coloured > 200;
  });
}

let failed = 0;
const page = await open();
for (const [name, check] of Object.entries(checks)) {
  try {
    await check(page);
    console.log(`ok: ${name}`);
  } catch (fault) {
    failed++;
    console.log(`failed: ${name}\n${fault.stack}`);
    await picture(page, "failed");
  }
}
await browser.close();
process.exit(failed ? 1 : 0);
