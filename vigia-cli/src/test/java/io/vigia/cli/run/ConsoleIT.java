package io.vigia.cli.run;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.LocatorAssertions;
import io.vigia.cli.Call;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The console in a real browser: a block and its alert appear as they come. */
class ConsoleIT {
  private static final Path PIPELINE = Path.of("..", "examples", "fraud", "pipeline.yaml");
  private static final Path SHOTS = Path.of("target", "screenshots");
  private static final List<Path> BROWSERS =
      List.of(Path.of("/usr/bin/chromium"), Path.of("/usr/bin/google-chrome"));
  private static final LocatorAssertions.IsVisibleOptions SOON =
      new LocatorAssertions.IsVisibleOptions().setTimeout(15_000);

  private static final LocatorAssertions.ContainsTextOptions IN_TIME =
      new LocatorAssertions.ContainsTextOptions().setTimeout(15_000);

  @TempDir Path folder;

  @Test
  void page_blockedPayment_showsItsDecisionAndItsAlertLive() throws Exception {
    try (RunningVigia running =
            RunningVigia.start(
                    folder,
                    RunningVigia.freePort(),
                    "run",
                    PIPELINE.toString(),
                    "--data",
                    folder.resolve("data").toString())
                .awaitReady();
        Playwright playwright =
            Playwright.create(
                new Playwright.CreateOptions()
                    .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        Browser browser = playwright.chromium().launch(options())) {
      List<String> mistakes = new ArrayList<>();
      Page page = browser.newPage(new Browser.NewPageOptions().setViewportSize(1440, 900));
      page.onPageError(mistakes::add);
      page.navigate(running.url() + "/");
      assertThat(page.getByTestId("connection")).isVisible(SOON);

      running.post("/v1/streams/payments/decide", payment("good-1", "card-7", 12));
      running.post("/v1/streams/payments/decide", payment("bad-1", "card-lost-1", 80));

      Locator blocked = page.locator("[data-testid=decision-row][data-outcome=block]").first();
      assertThat(blocked).isVisible(SOON);
      assertThat(page.getByTestId("alert-row").first()).isVisible(SOON);
      shoot(page, "console-1440.png");

      blocked.click();
      Locator panel = page.getByTestId("decision-panel");
      assertThat(panel).containsText("block list");
      assertThat(panel).containsText("card-lost-1");
      shoot(page, "decision-1440.png");
      page.keyboard().press("Escape");
      assertThat(panel).isHidden();

      Call.vigia(
              "lists",
              "add",
              "blocked_cards",
              "card-9",
              "--for",
              "7d",
              "--note",
              "reported stolen",
              "--at",
              running.url())
          .exits(0);
      Locator list = page.locator("[data-testid=list][data-list=blocked_cards]");
      assertThat(list).containsText("3 values, 1 changed while it runs", IN_TIME);
      list.locator("summary").click();
      assertThat(list).containsText("reported stolen", IN_TIME);
      shoot(page, "lists-1440.png");

      page.setViewportSize(390, 844);
      list.scrollIntoViewIfNeeded();
      shoot(page, "lists-390.png");
      list.locator("summary").click();
      shoot(page, "console-390.png");
      Object wider = page.evaluate("document.documentElement.scrollWidth - window.innerWidth");
      assertTrue(((Number) wider).intValue() <= 0, "the page scrolls sideways by " + wider);
      assertEquals(List.of(), mistakes);
    }
  }

  private static BrowserType.LaunchOptions options() {
    Path browser =
        BROWSERS.stream()
            .filter(Files::isExecutable)
            .findFirst()
            .orElseThrow(
                () ->
                    new AssertionError(
                        "no browser found; ./dev/test installs one: apt-get install chromium"));
    return new BrowserType.LaunchOptions()
        .setExecutablePath(browser)
        .setChromiumSandbox(false)
        .setArgs(
            List.of(
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync"));
  }

  private static void shoot(Page page, String name) {
    page.screenshot(new Page.ScreenshotOptions().setPath(SHOTS.resolve(name)));
  }

  private static String payment(String id, String card, int amount) {
    return ("{\"payment_id\":\"%s\",\"created_at\":\"%s\",\"card\":\"%s\",\"merchant\":\"m1\","
            + "\"amount\":%d,\"country\":\"PT\"}")
        .formatted(id, Instant.now(), card, amount);
  }
}
