package dev.isoflop.worker.torch;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One source file, written as the Python that PyTorch users read, and its form inside an archive.
 *
 * <p>The archive's language is Python's syntax with other names: operators live directly under
 * {@code torch}, modules of one's own under {@code __torch__}, dtypes are numbers, and {@code self}
 * carries its type. {@link #archived()} makes just these changes, line by line, so that libtorch's
 * messages point at the right lines.
 *
 * @param module the module's name inside the archive, such as {@code layers}
 * @param text the Python text
 */
public record TorchScriptSource(String module, String text) {
  private static final Pattern IMPORT = Pattern.compile("(?:import|from) .*");
  private static final Pattern LOCAL_IMPORT = Pattern.compile("import ([a-z_]+)");
  private static final Pattern CLASS = Pattern.compile("class (\\w+)\\(torch\\.nn\\.Module\\):");
  private static final Pattern SELF = Pattern.compile("(def \\w+\\()self\\b");

  /** The text for the archive; it has as many lines as the Python text. */
  public String archived() {
    List<String> imported = new ArrayList<>();
    StringBuilder archived = new StringBuilder(text.length() + 256);
    String self = "";
    for (String line : text.split("\n", -1)) {
      Matcher local = LOCAL_IMPORT.matcher(line);
      Matcher header = CLASS.matcher(line);
      if (local.matches() && !local.group(1).equals("torch")) {
        imported.add(local.group(1));
      }
      if (IMPORT.matcher(line).matches()) {
        line = "";
      } else if (header.matches()) {
        self = "__torch__." + module + "." + header.group(1);
        line = "class " + header.group(1) + "(Module):";
      }
      archived.append(renamed(line, imported, self)).append('\n');
    }
    return archived.toString();
  }

  private static String renamed(String line, List<String> imported, String self) {
    String renamed = SELF.matcher(line).replaceAll("$1self: " + self);
    renamed = renamed.replace("torch.bfloat16", "15").replaceAll("\\bF\\.", "torch.");
    for (String name : imported) {
      renamed = renamed.replaceAll("(?<![\\w.])" + name + "\\.", "__torch__." + name + ".");
    }
    return renamed;
  }
}
