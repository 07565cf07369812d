package dev.unitymlops.webhook.send;

import com.standardwebhooks.Webhook;
import java.net.URI;
import java.util.List;

/**
 * Where a message goes and what it is signed with. Its text is the shown name: URL and secrets stay here.
 *
 * @param shown its name, or scheme, host and port of a job's URL
 * @param target names it at this URL, without the URL's secrets
 * @param signers one per active secret
 */
record Endpoint(String shown, String target, URI url, List<Webhook> signers) {

    Endpoint {
        signers = List.copyOf(signers);
    }

    @Override
    public String toString() {
        return shown;
    }
}
