import packageJson from "../../package.json" with { type: "json" };
import { openAuditLog } from "../audit/write.ts";
import { detectors } from "../detectors/index.ts";
import { detectorGate } from "../detectors/gate.ts";
import { warnOnce } from "../session/warn-once.ts";
import { cardKeys } from "./a2a/card-key-set.ts";
import { createDashboard } from "./dashboard/dashboard.ts";
import { dashboardStatus } from "./dashboard-status.ts";
import { drain } from "./drain.ts";
import { keepExchangesYoung } from "./keep-exchanges-young.ts";
import { listen } from "./listen.ts";
import { followRules } from "./follow-rules.ts";
import { createMetrics, type Metrics } from "./metrics/metrics.ts";
import { mountHttp } from "./mount-http.ts";
import { mountStdio } from "./mount-stdio.ts";
import type { Mounted } from "./mounted.ts";
import type { ProxyOptions } from "./proxy-options.ts";
import { ReservedPaths } from "./reserved.ts";
import { Route } from "./route.ts";
import type { Judged } from "./route-session.ts";
import { createRouter } from "./router.ts";
import { Traffic } from "./traffic.ts";

export type RunningProxy = { url: string; close(): Promise<void> };

/** Starts the gateway; rejects with GuardError where it cannot listen. */
export async function startProxy(options: ProxyOptions): Promise<RunningProxy> {
  keepExchangesYoung();
  // Built now rather than within somebody's first call.
  detectorGate();
  const { policies, logFolder, upstreams, home } = options;
  const { retentionDays } = policies.policyFor(upstreams[0].name);
  const log = openAuditLog({ folder: logFolder, retentionDays, onError: warnOnce });
  const { version } = packageJson;
  const traffic = new Traffic();
  const metrics = watched(createMetrics(version), traffic);
  const onJudged = (judged: Judged): void => count(metrics, judged);
  const mounts = upstreams.map((upstream) =>
    mountRoute(new Route({ upstream, home, log, policies, onJudged }), options, metrics),
  );
  const startedAt = Date.now();
  const plugins = detectors.map(({ meta }) => meta.id);
  const reserved = new ReservedPaths({ version, startedAt, metrics, mounts, plugins, cardKeys: cardKeys(options) });
  const dashboard = createDashboard({
    home,
    logFolder,
    version,
    isSecure: options.tls !== undefined,
    status: () => dashboardStatus({ startedAt, mounts, metrics, traffic, policyFor: policies.policyFor }),
  });
  const router = createRouter({ options, mounts, reserved, dashboard: (...asked) => dashboard.handle(...asked) });
  const { server, url, stop } = await listen(options, (request, response) => {
    router(request, response).catch((error: unknown) => {
      warnOnce(error);
      response.destroy();
    });
  });
  for (const { login } of mounts) login?.listening(url);
  const stopFollowing = followRules(policies, mounts);
  const close = async (): Promise<void> => {
    stopFollowing();
    stop();
    dashboard.close();
    await drain(server);
    for (const mount of mounts) {
      await mount.close();
      mount.route.close();
    }
    log.closeSync();
  };
  return { url, close };
}

function mountRoute(route: Route, options: ProxyOptions, metrics: Metrics): Mounted {
  const { server } = route.upstream;
  if ("target" in server) return mountHttp(route, server.target, options, metrics);
  return mountStdio(route, options, metrics);
}

/** What the metrics are told, the dashboard's numbers are made of, too. */
function watched(metrics: Metrics, traffic: Traffic): Metrics {
  return {
    ...metrics,
    observe: (observation) => {
      metrics.observe(observation);
      traffic.observe(observation, Date.now());
    },
  };
}

/** HTTP exchanges are observed whole, with the answer's part; of a pipe each request is. */
function count(metrics: Metrics, { session, direction, outcome, seconds }: Judged): void {
  const { verdict, request } = outcome;
  if (verdict.findings.length > 0)
    metrics.found(
      verdict.findings.map(({ finding: { detector, severity }, action }) => ({ detector, severity, action })),
    );
  if (session.transport !== "stdio" || direction !== "to-server" || request === undefined) return;
  const { server: route, protocol } = session;
  metrics.observe({ route, protocol, ...request, outcome: verdict.action, addedSeconds: seconds });
}
