package dev.isoflop.operator.repository;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The files that people wrote: everything but builds, runs, data, and what Git keeps. */
final class RepositoryFiles {
  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private static final Set<String> MADE = Set.of(".git", "target", "node_modules");
  private static final Set<Path> MADE_AT_THE_ROOT =
      Set.of(ROOT.resolve("runs"), ROOT.resolve("data"));

  private RepositoryFiles() {}

  /** The texts of all files whose path from the root matches, by that path. */
  static Map<Path, String> matching(String pattern) throws IOException {
    Pattern wanted = Pattern.compile(pattern);
    Map<Path, String> texts = new TreeMap<>();
    Files.walkFileTree(
        ROOT,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return MADE.contains(folder.getFileName().toString())
                    || MADE_AT_THE_ROOT.contains(folder)
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Path path = ROOT.relativize(file);
            if (attributes.isRegularFile() && wanted.matcher(path.toString()).matches()) {
              texts.put(path, Files.readString(file));
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return texts;
  }
}
