package dev.unitymlops.system.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.tools.ToolProvider;

/**
 * Classes that no module has.
 *
 * @param sources by the class's name with its package; from the first modifier on, without the package
 */
record MadeUpCode(Map<String, String> sources) {

    MadeUpCode(String name, String source) {
        this(Map.of(name, source));
    }

    /** Compiles it against the test's class path and reads it as the rules read the real code. */
    JavaClasses imported(Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        for (Map.Entry<String, String> entry : sources.entrySet()) {
            int dot = entry.getKey().lastIndexOf('.');
            Path file = folder.resolve(entry.getKey().substring(dot + 1) + ".java");
            Files.writeString(file, "package " + entry.getKey().substring(0, dot) + ";\n" + entry.getValue());
            files.add(file);
        }
        compile(files, folder);
        return new ClassFileImporter().importPath(folder);
    }

    private static void compile(List<Path> sources, Path output) throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var messages = new StringWriter();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            List<String> options = List.of("-proc:none", "-d", output.toString());
            var task =
                    compiler.getTask(messages, files, null, options, null, files.getJavaFileObjectsFromPaths(sources));
            if (!task.call()) {
                throw new AssertionError("The code that breaks a rule does not compile:\n" + messages);
            }
        }
    }
}
