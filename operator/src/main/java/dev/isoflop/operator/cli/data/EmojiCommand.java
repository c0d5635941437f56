package dev.isoflop.operator.cli.data;

import dev.isoflop.operator.cli.shared.CliContext;
import dev.isoflop.operator.cli.shared.CommandException;
import dev.isoflop.operator.cli.shared.Console;
import dev.isoflop.operator.cli.shared.ExitStatus;
import dev.isoflop.operator.cli.shared.Paths;
import dev.isoflop.operator.dataset.DatasetException;
import dev.isoflop.operator.dataset.EmojiDataset;
import dev.isoflop.operator.dataset.EmojiOptions;
import dev.isoflop.operator.dataset.EmojiSet;
import dev.isoflop.operator.dataset.EmojiShards;
import dev.isoflop.operator.dataset.PackagePin;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes the captioned emoji as WebDataset shards. */
@Command(
    name = "emoji",
    description = {
      "Make WebDataset shards of captioned emoji, for examples/emoji.yaml.",
      "",
      "The pictures and captions come from packages that npm fetches, each held to a pinned"
          + " digest; their licences stand in dataset.json. Evaluation is split off by base emoji,"
          + " so that no skin tone of an emoji trained on is evaluated. A second style, of the"
          + " evaluation emoji alone, is the out-of-domain set."
    },
    exitCodeList = {"0:made, or there already", "2:it cannot be made; the message says why"},
    footer = {
      "  isoflop data emoji",
      "  isoflop data emoji --dir /data/emoji --size 64 --package emojibase-data-17.0.0.tgz"
    })
public final class EmojiCommand implements Callable<Integer> {
  private final CliContext surroundings;

  @Option(
      names = "--dir",
      paramLabel = "FOLDER",
      defaultValue = "data/emoji",
      description = "Folder to make. Default: ${DEFAULT-VALUE}.")
  private Path folder;

  @Option(
      names = "--cache",
      paramLabel = "FOLDER",
      defaultValue = "data/packages",
      description = "Keeps the fetched packages. Default: ${DEFAULT-VALUE}.")
  private Path cache;

  @Option(
      names = "--size",
      paramLabel = "PIXELS",
      defaultValue = "" + EmojiOptions.DEFAULT_SIZE,
      description = "Edge of the pictures. Default: ${DEFAULT-VALUE}.")
  private int size;

  @Option(
      names = "--package",
      paramLabel = "FILE",
      description = "A package fetched already, as npm pack names it; may be given again.")
  private final List<Path> packages = new ArrayList<>();

  public EmojiCommand(CliContext surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    try {
      EmojiDataset made =
          EmojiShards.make(
              new EmojiOptions(folder, cache, packages, size), surroundings.err()::print);
      show(made);
      return ExitStatus.DONE;
    } catch (DatasetException e) {
      throw CommandException.badInput(List.of(String.valueOf(e.getMessage())), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitStatus.STOPPED;
    }
  }

  private void show(EmojiDataset made) {
    Console out = surroundings.out();
    for (EmojiSet set : made.sets()) {
      out.print(
          "%s: %d pictures of %d emoji in %s"
              .formatted(
                  set.name(),
                  set.samples(),
                  set.baseEmoji(),
                  Paths.shown(folder.resolve(set.pattern()))));
    }
    for (PackagePin source : made.sources()) {
      out.print("source: %s %s, %s".formatted(source.name(), source.version(), source.licence()));
    }
    out.print("licences and digests: " + Paths.shown(folder.resolve(EmojiShards.DATASET_FILE)));
  }
}
