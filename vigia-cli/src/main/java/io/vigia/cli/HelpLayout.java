package io.vigia.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** How every help is laid out: what it is for, how it is called, options as declared, examples. */
final class HelpLayout {
  private HelpLayout() {}

  static void apply(CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    UsageMessageSpec usage = spec.usageMessage();
    usage.sortOptions(false);
    usage.sortSynopsis(false);
    usage.descriptionHeading("%n");
    usage.synopsisHeading("%nUsage: ");
    usage.parameterListHeading("%n");
    usage.optionListHeading(spec.positionalParameters().isEmpty() ? "%nOptions:%n" : "");
    if (spec.subcommands().isEmpty()) {
      usage.sectionKeys(
          List.of(
              UsageMessageSpec.SECTION_KEY_HEADER_HEADING,
              UsageMessageSpec.SECTION_KEY_HEADER,
              UsageMessageSpec.SECTION_KEY_DESCRIPTION_HEADING,
              UsageMessageSpec.SECTION_KEY_DESCRIPTION,
              UsageMessageSpec.SECTION_KEY_SYNOPSIS_HEADING,
              UsageMessageSpec.SECTION_KEY_SYNOPSIS,
              UsageMessageSpec.SECTION_KEY_PARAMETER_LIST_HEADING,
              UsageMessageSpec.SECTION_KEY_PARAMETER_LIST,
              UsageMessageSpec.SECTION_KEY_OPTION_LIST_HEADING,
              UsageMessageSpec.SECTION_KEY_OPTION_LIST,
              UsageMessageSpec.SECTION_KEY_FOOTER_HEADING,
              UsageMessageSpec.SECTION_KEY_FOOTER));
    } else {
      usage.sectionKeys(
          List.of(
              UsageMessageSpec.SECTION_KEY_HEADER_HEADING,
              UsageMessageSpec.SECTION_KEY_HEADER,
              UsageMessageSpec.SECTION_KEY_DESCRIPTION_HEADING,
              UsageMessageSpec.SECTION_KEY_DESCRIPTION,
              UsageMessageSpec.SECTION_KEY_SYNOPSIS_HEADING,
              UsageMessageSpec.SECTION_KEY_SYNOPSIS,
              UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING,
              UsageMessageSpec.SECTION_KEY_COMMAND_LIST,
              UsageMessageSpec.SECTION_KEY_FOOTER_HEADING,
              UsageMessageSpec.SECTION_KEY_FOOTER));
    }
  }
}
