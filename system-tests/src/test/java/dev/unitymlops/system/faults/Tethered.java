package dev.unitymlops.system.faults;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** Another main class in a process that ends with the one that started it, whatever ends that: it reads its pipe. */
final class Tethered {
    private Tethered() {}

    /** Takes the name of the main class and its arguments. */
    public static void main(String[] arguments) throws ReflectiveOperationException {
        Thread.ofPlatform().daemon().name("tether").start(Tethered::endWithTheOther);
        Class.forName(arguments[0]).getMethod("main", String[].class).invoke(null, (Object)
                Arrays.copyOfRange(arguments, 1, arguments.length));
    }

    private static void endWithTheOther() {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            System.err.println("The pipe is broken, so the other end is gone: " + e);
        }
        Runtime.getRuntime().halt(1);
    }
}
