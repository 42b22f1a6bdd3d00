// Draws with ApexCharts (MIT, 4.7.0) in our colours. What is drawn comes as a plain object; the formatters are named, and live here.
import ApexCharts from "/lib/apexcharts/apexcharts.esm.js";

const none = "–";
const cache = new Map();

function numbers(options) {
  const key = JSON.stringify(options);
  if (!cache.has(key)) cache.set(key, new Intl.NumberFormat("en-US", options));
  return cache.get(key);
}

const formatters = {
  number: { full: () => v => numbers({ maximumFractionDigits: 2 }).format(v), axis: () => v => numbers({ notation: "compact", maximumFractionDigits: 1 }).format(v) },
  money: {
    full: currency => v => numbers({ style: "currency", currency }).format(v),
    axis: currency => v => numbers({ style: "currency", currency, notation: "compact", minimumFractionDigits: 0, maximumFractionDigits: 1 }).format(v),
  },
  percent: { full: () => v => numbers({ style: "percent", minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(v), axis: () => v => numbers({ style: "percent", maximumFractionDigits: 1 }).format(v) },
  times: { full: () => v => `${numbers({ minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(v)}×`, axis: () => v => `${numbers({ maximumFractionDigits: 1 }).format(v)}×` },
};

const safe = format => v => v === null || v === undefined || Number.isNaN(v) ? none : format(v);

// Tokens use light-dark(), which only a real colour property resolves.
function colours(host) {
  const probe = host.appendChild(document.createElement("i"));
  const read = token => { probe.style.color = `var(${token})`; return hex(getComputedStyle(probe).color); };
  return { read, done: () => probe.remove() };
}

function hex(colour) {
  const parts = colour.match(/[\d.]+/g).slice(0, 3).map(Number);
  return `#${parts.map(p => Math.round(p).toString(16).padStart(2, "0")).join("")}`;
}

const isDay = text => /^\d{4}-\d\d-\d\d$/.test(text);
const day = (text, options) => new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", ...options }).format(new Date(`${text}T00:00:00Z`));

function merge(into, from) {
  for (const [key, value] of Object.entries(from ?? {}))
    into[key] = value && typeof value === "object" && !Array.isArray(value) ? merge(into[key] ?? {}, value) : value;
  return into;
}

function optionsFor(host, spec, pressed) {
  const { read, done } = colours(host);
  const kind = { Line: "line", Area: "area", Bar: "bar", StackedBar: "bar", Donut: "donut" }[spec.kind];
  const donut = kind === "donut", bar = kind === "bar";
  const format = formatters[spec.format.name];
  const full = safe(format.full(spec.format.currency)), axis = safe(format.axis(spec.format.currency));
  const line = read("--line"), faint = read("--ink-faint"), soft = read("--ink-soft"), surface = read("--surface"), ink = read("--ink");
  const tints = spec.series.map(s => read(s.colour));
  done();
  const dates = spec.categories.length > 0 && spec.categories.every(isDay);
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const single = spec.series.filter(s => !s.dashed).length === 1;
  const ticks = Math.max(2, Math.min(spec.categories.length - 1, Math.floor(host.clientWidth / 96)));

  const options = {
    chart: {
      type: kind, height: spec.height, width: "100%", stacked: spec.kind === "StackedBar", fontFamily: "Inter, system-ui, sans-serif", foreColor: faint, background: "transparent",
      toolbar: { show: false }, zoom: { enabled: !donut && spec.categories.length > 14, autoScaleYaxis: false }, selection: { enabled: false },
      animations: { enabled: !calm, speed: 150, animateGradually: { enabled: false }, dynamicAnimation: { enabled: !calm, speed: 150 } },
      parentHeightOffset: 0, redrawOnParentResize: true,
      events: spec.clickable ? {
        click: (_event, _chart, at) => { if (!donut && at.dataPointIndex >= 0) pressed(Math.max(0, at.seriesIndex), at.dataPointIndex); },
        dataPointSelection: (_event, _chart, at) => { if (donut) pressed(at.dataPointIndex, 0); },
      } : {},
    },
    series: donut ? spec.series.map(s => s.values[0] ?? 0) : spec.series.map(s => ({ name: s.name, data: s.values })),
    labels: donut ? spec.series.map(s => s.name) : [],
    colors: tints,
    theme: { mode: getComputedStyle(host).colorScheme === "dark" ? "dark" : "light" },
    stroke: donut ? { width: 2, colors: [surface] } : bar ? { width: 0 } : { width: 2, curve: "straight", lineCap: "round", dashArray: spec.series.map(s => s.dashed ? 5 : 0) },
    fill: kind === "area" && single ? { type: "solid", opacity: spec.series.map(s => s.dashed ? 0 : 0.1) } : { type: "solid", opacity: kind === "area" ? 0 : 1 },
    dataLabels: { enabled: false },
    markers: { size: spec.categories.length === 1 ? 4 : 0, strokeWidth: 0, hover: { size: 4 } },
    states: { hover: { filter: { type: "none" } }, active: { filter: { type: "none" } } },
    grid: { borderColor: line, strokeDashArray: 0, padding: { left: 8, right: 12, top: -8, bottom: 0 }, xaxis: { lines: { show: false } } },
    legend: {
      show: donut || spec.series.length > 1, position: donut ? (host.clientWidth < 420 ? "bottom" : "right") : "top", horizontalAlign: "left", fontSize: "13px", offsetX: donut ? 0 : -6, offsetY: donut ? 0 : 2,
      labels: { colors: soft }, markers: { size: 5, shape: "circle", strokeWidth: 0, customHTML: spec.series.some(s => s.dashed) ? spec.series.map(s => () => `<i class="legend-line${s.dashed ? " dashed" : ""}"></i>`) : undefined }, itemMargin: { horizontal: 8, vertical: donut ? 4 : 0 },
      formatter: donut ? (name, at) => { const all = at.w.globals.seriesTotals.reduce((a, b) => a + b, 0); const v = at.w.globals.series[at.seriesIndex]; return `${escape(name)} · ${full(v)} · ${all ? Math.round(v / all * 100) : 0}%`; } : name => escape(name),
    },
    tooltip: {
      theme: false, shared: !donut, intersect: false, fillSeriesColor: false, style: { fontSize: "13px" },
      x: { formatter: (value, at) => { const text = spec.categories[at?.dataPointIndex ?? -1] ?? value; return isDay(text) ? day(text, { weekday: "short", day: "numeric", month: "short", year: "numeric" }) : escape(String(text)); } },
      y: { formatter: full, title: { formatter: name => escape(name) } },
      marker: { show: true },
    },
    xaxis: donut ? {} : {
      categories: spec.categories, tickAmount: dates && !bar ? ticks : undefined, tickPlacement: bar ? "between" : "on",
      labels: { rotate: 0, hideOverlappingLabels: true, trim: false, style: { fontSize: "12px", colors: faint }, formatter: value => isDay(value) ? day(value, { day: "numeric", month: "short" }) : String(value ?? "") },
      axisBorder: { show: true, color: line }, axisTicks: { show: false }, crosshairs: { stroke: { color: faint, width: 1, dashArray: 0 } }, tooltip: { enabled: false },
    },
    yaxis: donut ? {} : { min: low => Math.min(0, low), forceNiceScale: true, labels: { formatter: axis, style: { fontSize: "12px", colors: faint }, offsetX: -8 } },
    plotOptions: {
      bar: { columnWidth: spec.categories.length > 20 ? "70%" : "48%", borderRadius: 2, borderRadiusApplication: "end" },
      pie: { expandOnClick: false, donut: { size: "68%", labels: { show: true, name: { fontSize: "12px", color: faint, offsetY: -2 }, value: { fontSize: "16px", fontWeight: 600, color: ink, offsetY: 4, formatter: v => axis(Number(v)) }, total: { show: true, showAlways: true, label: "In all", fontSize: "12px", color: faint, formatter: w => axis(w.globals.seriesTotals.reduce((a, b) => a + b, 0)) } } } },
    },
    noData: { text: "" },
  };
  return merge(options, spec.options);
}

// Names come from people: ApexCharts writes some of them as HTML.
const escape = text => String(text).replace(/[&<>"']/g, c => `&#${c.charCodeAt(0)};`);

export async function draw(host, spec, dotnet) {
  let now = spec;
  const pressed = (series, index) => dotnet.invokeMethodAsync("Pressed", series, index);
  const chart = new ApexCharts(host, optionsFor(host, now, pressed));
  await chart.render();
  const again = () => chart.updateOptions(optionsFor(host, now, pressed), true, false, false);
  window.addEventListener("adstudio:theme", again);
  // How many dates fit beneath depends on the width: a phone that is turned gets another number.
  let width = host.clientWidth;
  const watch = new ResizeObserver(() => {
    if (host.clientWidth === 0 || Math.abs(host.clientWidth - width) < 96) return;
    width = host.clientWidth;
    again();
  });
  watch.observe(host);
  return {
    update: next => { now = next; return again(); },
    dispose: () => { watch.disconnect(); window.removeEventListener("adstudio:theme", again); chart.destroy(); },
  };
}
