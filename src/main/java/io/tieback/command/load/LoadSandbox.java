package io.tieback.command.load;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.command.seed.SandboxControl;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Both stand-ins in a process of their own, with limits lifted, so that what is measured is the
 * connector and not the vendors' patience.
 */
final class LoadSandbox implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final ConnectorProcess process;
  private final String procoreUrl;
  private final LoadErp kind;
  private final String erpUrl;

  private LoadSandbox(LoadErp kind, ConnectorProcess process, String procoreUrl, String erpUrl) {
    this.kind = kind;
    this.process = process;
    this.procoreUrl = procoreUrl;
    this.erpUrl = erpUrl;
  }

  /**
   * Starts them and waits until both answer.
   *
   * @param log file that their output is added to
   */
  static LoadSandbox start(LoadErp kind, Path log) {
    int procorePort = LoadPorts.free();
    int erpPort = LoadPorts.free();
    ConnectorProcess process =
        new ConnectorProcess(
            JavaOptions.with(List.of("-Xmx2g")),
            log,
            "sandbox",
            "--procore-port",
            Integer.toString(procorePort),
            "--xero-port",
            Integer.toString(kind == LoadErp.XERO ? erpPort : 0),
            "--quickbooks-online-port",
            Integer.toString(kind == LoadErp.QBO ? erpPort : 0));
    LoadSandbox sandbox =
        new LoadSandbox(
            kind, process, "http://127.0.0.1:" + procorePort, "http://127.0.0.1:" + erpPort);
    process.start();
    try {
      process.awaitOk(sandbox.procoreUrl + "/_sandbox/health", PATIENCE);
      process.awaitOk(sandbox.erpUrl + "/_sandbox/health", PATIENCE);
    } catch (RuntimeException e) {
      sandbox.close();
      throw e;
    }
    return sandbox;
  }

  /**
   * Lifts the limits, keeps no bodies, and sends no webhooks.
   *
   * @param detailIdPlacement where events carry their request detail id, a word of the Procore
   *     stand-in's switch
   */
  void prepare(String detailIdPlacement) {
    ObjectNode kit = JSON.objectNode().put("recordBodies", false).put("recordLimit", 1);
    // The headers still tell limits, and the connector believes them: they have to be high, not
    // off.
    procore()
        .settings(
            kit.deepCopy()
                .put("webhooksEnabled", false)
                .put("hourlyLimit", 10_000_000)
                .put("spikeLimit", 1_000_000)
                .put("detailIdPlacement", detailIdPlacement));
    ObjectNode settings = kit.deepCopy();
    settings.setAll(kind.unlimited());
    // Xero's goes on counting calls at the same time: the connector keeps to five.
    settings.remove("concurrentCalls");
    erp().settings(settings);
  }

  /** Control of the Procore stand-in. */
  SandboxControl procore() {
    return new SandboxControl(procoreUrl);
  }

  /** Control of the accounting system's stand-in. */
  SandboxControl erp() {
    return new SandboxControl(erpUrl);
  }

  /** Address of the Procore stand-in. */
  String procoreUrl() {
    return procoreUrl;
  }

  /** Address of the accounting system's stand-in. */
  String erpUrl() {
    return erpUrl;
  }

  /** CPU time that the process has used. */
  Duration cpu() {
    return process.cpu();
  }

  @Override
  public void close() {
    if (process.alive()) {
      process.stop(PATIENCE);
    }
  }
}
