package io.vigia.cli.run;

import io.vigia.cli.ExitCodes;
import io.vigia.cli.demo.DemoLoad;
import io.vigia.cli.demo.DemoScreen;
import io.vigia.cli.demo.DemoSummary;
import io.vigia.cli.gateway.Address;
import io.vigia.cli.gateway.Gateway;
import io.vigia.cli.template.Templates;
import io.vigia.cli.terminal.Terminal;
import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.core.pipeline.PipelineCompiler;
import io.vigia.core.problem.EnvironmentException;
import io.vigia.core.problem.Problems;
import io.vigia.wire.pipeline.PipelineReader;
import java.awt.Desktop;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Runs a demonstration from start to end: its example's pipeline, and made-up people who use it.
 */
public final class Demonstration {
  private static final String FILE = "pipeline.yaml";

  private final DemonstrationSettings settings;
  private final Terminal terminal;

  private Demonstration(DemonstrationSettings settings, Terminal terminal) {
    this.settings = settings;
    this.terminal = terminal;
  }

  /**
   * Runs it until its time is over or the process is told to end.
   *
   * @return the exit code
   */
  public static int run(
      DemonstrationSettings settings,
      Terminal terminal,
      RunListener listener,
      Consumer<EnvironmentException> onFatal)
      throws InterruptedException {
    return new Demonstration(settings, terminal).run(listener, onFatal);
  }

  private int run(RunListener listener, Consumer<EnvironmentException> onFatal)
      throws InterruptedException {
    InstantSource clock = InstantSource.system();
    Instant startedAt = ProcessHandle.current().info().startInstant().orElseGet(clock::instant);
    RunSettings run =
        RunSettings.in(settings.data()).withPort(settings.port()).withState(settings.state());
    DemoLoad load = new DemoLoad(settings.people(), startedAt, clock);
    try (Launcher running = Launcher.start(List.of(pipeline()), run, listener, onFatal)) {
      running.closeAtExit(load::stop);
      terminal.flush();
      if (settings.open()) {
        open(running.url());
      }
      Gateway gateway = new Gateway(Address.of(running.url()));
      DemoSummary summary = load.run(gateway, new DemoScreen(terminal, settings.json()));
      if (settings.json()) {
        terminal.json(summary::write);
      }
      terminal.flush();
    }
    return ExitCodes.DONE;
  }

  private LoadedPipeline pipeline() {
    byte[] content =
        Objects.requireNonNull(Templates.files(settings.name()).get(FILE), "every example has one");
    Problems problems = new Problems();
    CompiledPipeline compiled =
        PipelineReader.read(FILE, content, problems)
            .flatMap(definition -> PipelineCompiler.compile(definition, problems))
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "example " + settings.name() + ": got " + problems.sorted()));
    return new LoadedPipeline(Path.of(FILE), content, compiled);
  }

  private void open(String url) {
    try {
      if (Desktop.isDesktopSupported()) {
        Desktop.getDesktop().browse(URI.create(url));
        return;
      }
    } catch (IOException | UnsupportedOperationException e) {
      // told below
    }
    terminal.note("no browser could be opened; the page is at " + url);
  }
}
