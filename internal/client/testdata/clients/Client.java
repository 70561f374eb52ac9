import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Connects to every server of a list on standard input (name, host, port and file
 * of CAs, between tabs), and prints for each the stack trace that a program prints
 * whose error nobody catches, behind a line with its name. The argument is "url"
 * or "client", for the old and the new API.
 */
public class Client {
	public static void main(String[] args) throws Exception {
		BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
		for (String line = in.readLine(); line != null; line = in.readLine()) {
			String[] field = line.split("\t");
			StringWriter text = new StringWriter();
			try {
				SSLContext context = context(field[3]);
				String address = "https://" + field[1] + ":" + field[2] + "/";
				if (args[0].equals("url")) {
					url(context, address);
				} else {
					client(context, address);
				}
			} catch (Throwable e) {
				text.write("Exception in thread \"main\" ");
				e.printStackTrace(new PrintWriter(text));
			}
			System.out.println("==== " + field[0] + "\n" + text);
		}
	}

	static void url(SSLContext context, String address) throws Exception {
		HttpsURLConnection connection = (HttpsURLConnection) new URL(address).openConnection();
		connection.setSSLSocketFactory(context.getSocketFactory());
		connection.setConnectTimeout(1500);
		connection.setReadTimeout(1500);
		connection.getResponseCode();
	}

	static void client(SSLContext context, String address) throws Exception {
		HttpClient client = HttpClient.newBuilder().sslContext(context).version(HttpClient.Version.HTTP_1_1)
				.connectTimeout(Duration.ofMillis(1500)).build();
		client.send(HttpRequest.newBuilder(URI.create(address)).timeout(Duration.ofMillis(1500)).build(), HttpResponse.BodyHandlers.ofString());
	}

	/** A context that trusts the certificates of a file; none when it is missing. */
	static SSLContext context(String file) throws Exception {
		KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
		store.load(null, null);
		if (new java.io.File(file).exists()) {
			int n = 0;
			for (Certificate c : CertificateFactory.getInstance("X.509").generateCertificates(new FileInputStream(file))) {
				store.setCertificateEntry("anchor" + n++, c);
			}
		}
		TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		factory.init(store);
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(null, factory.getTrustManagers(), null);
		return context;
	}
}
