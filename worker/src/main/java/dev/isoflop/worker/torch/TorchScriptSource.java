package dev.isoflop.worker.torch;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One source file, written as the Python that PyTorch users read, and its form inside an archive.
 *
 * <p>The archive's language is Python's syntax with other names: operators live directly under
 * {@code torch}, functions of one's own under {@code __torch__}, dtypes are numbers, and {@code
 * self} carries its type. {@link #archived()} makes just these changes, line by line, so that
 * libtorch's messages point at the right lines.
 *
 * @param module the module's name inside the archive, such as {@code layers}
 * @param text the Python text
 */
public record TorchScriptSource(String module, String text) {
  private static final Pattern IMPORT = Pattern.compile("(?:import|from) .*");
  private static final Pattern LOCAL_IMPORT = Pattern.compile("import (?!torch\\b)(\\w+)");
  private static final Pattern FUNCTION = Pattern.compile("def (\\w+)\\(.*");
  private static final Pattern CLASS = Pattern.compile("class (\\w+)\\(torch\\.nn\\.Module\\):");
  private static final String SELF = "(?<=def \\w{1,99}\\()self\\b";

  /** The text for the archive; it has as many lines as the Python text. */
  public String archived() {
    List<String> lines = text.lines().toList();
    UnaryOperator<String> names = names(lines);
    StringBuilder archived = new StringBuilder(2 * text.length());
    String self = "self";
    for (String line : lines) {
      Matcher header = CLASS.matcher(line);
      if (header.matches()) {
        self = "self: " + qualified(header.group(1));
        archived.append("class ").append(header.group(1)).append("(Module):");
      } else if (!IMPORT.matcher(line).matches()) {
        archived.append(names.apply(line.replaceFirst(SELF, self)));
      }
      archived.append('\n');
    }
    return archived.toString();
  }

  /** Gives operators, dtypes, imported modules and this module's functions their archived names. */
  private UnaryOperator<String> names(List<String> lines) {
    List<UnaryOperator<String>> changes = new ArrayList<>();
    changes.add(line -> line.replace("torch.bfloat16", "15").replaceAll("\\bF\\.", "torch."));
    for (String line : lines) {
      Matcher imported = LOCAL_IMPORT.matcher(line);
      Matcher function = FUNCTION.matcher(line);
      if (imported.matches()) {
        changes.add(replacing("(?<![\\w.])" + imported.group(1) + "\\.", "__torch__.$0"));
      } else if (function.matches()) {
        String call = "(?<![\\w.])(?<!def )" + function.group(1) + "\\(";
        changes.add(replacing(call, qualified("") + "$0"));
      }
    }
    return line -> {
      String changed = line;
      for (UnaryOperator<String> change : changes) {
        changed = change.apply(changed);
      }
      return changed;
    };
  }

  private static UnaryOperator<String> replacing(String pattern, String replacement) {
    Pattern compiled = Pattern.compile(pattern);
    return line -> compiled.matcher(line).replaceAll(replacement);
  }

  private String qualified(String name) {
    return "__torch__." + module + "." + name;
  }
}
