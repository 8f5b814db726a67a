// Draws the charts of a page from the JSON block each of them carries.
(() => {
  "use strict";
  const colours = ["#8c1c13", "#00703c", "#1d70b8", "#b06f00", "#6f4a8e", "#57534e"];
  const nightColours = ["#e0847c", "#5cc48d", "#8cc1f5", "#e5b04f", "#c3a3e0", "#bdb6ae"];
  const page = document.documentElement;
  const token = (name) => getComputedStyle(page).getPropertyValue(name).trim();
  const textSize = () => parseFloat(getComputedStyle(page).fontSize) * (page.classList.contains("large-text") ? 1 : 0.78);
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const night = matchMedia("(prefers-color-scheme: dark)");

  const common = (data) => ({
    color: night.matches ? nightColours : colours,
    animation: !still.matches,
    textStyle: { fontFamily: token("--font"), fontSize: textSize(), color: token("--ink") },
    aria: { enabled: true, decal: { show: data.series.length > 1 } },
    tooltip: { trigger: "axis", renderMode: "richText", confine: true },
    legend: data.series.length > 1 ? { top: 0, left: 0, textStyle: { color: token("--ink"), fontSize: textSize() } } : undefined,
    grid: { left: 4, right: 16, top: data.series.length > 1 ? 44 : 24, bottom: 4, containLabel: true },
  });
  const axes = (data, sideways) => {
    const label = { color: token("--soft"), fontSize: textSize() };
    const names = { type: "category", data: data.categories, axisLabel: { ...label, hideOverlap: true }, axisTick: { show: false }, axisLine: { lineStyle: { color: token("--line") } } };
    const numbers = { type: "value", minInterval: data.unit === "%" ? 0 : 1, axisLabel: label, splitLine: { lineStyle: { color: token("--line") } } };
    return sideways ? { yAxis: { ...names, inverse: true }, xAxis: numbers } : { xAxis: names, yAxis: numbers };
  };
  const unitOf = (data) => (value) => (value === null || value === undefined ? "–" : `${value}${data.unit ?? ""}`);

  const kinds = {
    bar: (data) => {
      const sideways = data.sideways ?? data.categories.length > 8;
      const series = data.series.map((one) => ({ type: "bar", name: one.name, data: one.values, barMaxWidth: 28, stack: data.stacked ? "all" : undefined }));
      return { ...common(data), ...axes(data, sideways), series };
    },
    line: (data) => {
      const series = data.series.map((one, at) => ({
        type: "line", name: one.name, data: one.values, symbolSize: 7, lineStyle: { width: 3, type: at === 0 ? "solid" : at === 1 ? "dashed" : "dotted" },
      }));
      return { ...common(data), ...axes(data, false), series };
    },
    pie: (data, width) => {
      const narrow = width < textSize() * 26;
      const parts = data.categories.map((name, at) => ({ name, value: data.series[0].values[at] }));
      const label = { show: !narrow, color: token("--ink"), fontSize: textSize(), formatter: "{b} {c}" };
      const amounts = new Map(parts.map((part) => [part.name, part.value]));
      const legend = { show: narrow, bottom: 0, left: 0, textStyle: { color: token("--ink"), fontSize: textSize() }, formatter: (name) => `${name} ${amounts.get(name)}` };
      const series = [{ type: "pie", name: data.series[0].name, radius: narrow ? ["30%", "54%"] : ["38%", "68%"], center: ["50%", narrow ? "36%" : "50%"], labelLine: { show: !narrow }, data: parts, label, itemStyle: { borderColor: token("--paper"), borderWidth: 2 } }];
      return { ...common(data), grid: undefined, legend, tooltip: { trigger: "item", renderMode: "richText", confine: true }, series };
    },
    map: (data) => {
      const areas = data.categories.map((name, at) => ({ name, value: data.series[0].values[at] }));
      const most = Math.max(1, ...areas.map((area) => area.value ?? 0));
      const ramp = night.matches ? ["#33291f", "#e0847c"] : ["#f6e9e7", "#8c1c13"];
      return {
        ...common(data),
        grid: undefined,
        tooltip: { trigger: "item", renderMode: "richText", confine: true },
        visualMap: { min: 0, max: most, left: 0, bottom: 0, calculable: false, text: [String(most), "0"], inRange: { color: ramp }, textStyle: { color: token("--ink"), fontSize: textSize() } },
        series: [{ type: "map", map: data.map, name: data.series[0].name, data: areas, label: { show: false }, selectedMode: false, itemStyle: { borderColor: token("--edge"), areaColor: token("--track") }, emphasis: { label: { show: true, color: token("--ink") }, itemStyle: { areaColor: token("--mark") } } }],
      };
    },
  };

  const shapes = new Map();
  const fetchShape = (url) => {
    if (!shapes.has(url)) shapes.set(url, fetch(url).then((answer) => answer.json()).then((shape) => window.echarts.registerMap(url, shape)));
    return shapes.get(url);
  };

  const draw = async (figure) => {
    if (figure.classList.contains("chart--drawn")) return;
    const data = JSON.parse(figure.querySelector('script[type="application/json"]').textContent);
    const kind = figure.dataset.chart;
    if (kind === "map") await fetchShape(data.map);
    figure.classList.add("chart--drawn");
    const canvas = figure.querySelector(".chart__canvas");
    const chart = window.echarts.init(canvas, null, { renderer: "svg" });
    const paint = () => {
      const options = kinds[kind](data, canvas.clientWidth);
      options.tooltip.valueFormatter = unitOf(data);
      chart.setOption(options, true);
    };
    paint();
    night.addEventListener("change", paint);
    new ResizeObserver(() => chart.resize()).observe(canvas);
  };

  window.drawCharts = (figures) => figures.forEach((figure) => draw(figure).catch((error) => {
    console.error(error);
    figure.classList.replace("chart--drawn", "chart--failed") || figure.classList.add("chart--failed");
  }));
})();
