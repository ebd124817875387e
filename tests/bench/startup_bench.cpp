// Measures how long the console takes to come on screen with a whole city's cameras: from the start of the process to
// the first painted sign-in page, and to the first painted desk with every camera in its list. Needs a display
// (xvfb-run).
//
//   startup_bench [--cameras 1688] [--runs 5]

#include "base/clock.h"
#include "ui/common/theme.h"
#include "ui/shell/console.h"
#include "ui/shell/demo_people.h"
#include "ui/shell/desk_page.h"

#include <CLI/CLI.hpp>

#include <QApplication>
#include <QListView>
#include <QProcess>
#include <QTimer>
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

using namespace leedswatch;

namespace {

std::int64_t monotonicMicroseconds() {
    return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

/// Calls once a widget that fits has painted itself and the event loop has come round.
class FirstPaint final : public QObject {
public:
    FirstPaint(std::function<bool(QObject*)> fits, std::function<void()> painted)
        : m_fits{std::move(fits)}, m_painted{std::move(painted)} {
        QCoreApplication::instance()->installEventFilter(this);
    }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override {
        if (event->type() == QEvent::Paint && !m_done && m_fits(watched)) {
            m_done = true;
            QTimer::singleShot(0, this, m_painted);
        }
        return false;
    }

private:
    std::function<bool(QObject*)> m_fits;
    std::function<void()> m_painted;
    bool m_done = false;
};

template <typename Result>
void must(const Result& result) {
    if (!result) {
        std::fprintf(stderr, "%s\n", result.error().message.c_str());
        std::exit(1);
    }
}

void prepare(const std::filesystem::path& folder, int cameras) {
    const base::SystemClock clock;
    auto database = store::Database::open(folder, clock);
    must(database);
    std::string csv = "number,name,site,main_url\n";
    for (int number = 1; number <= cameras; ++number) {
        const std::string text = std::to_string(number);
        csv += text + ",Street " + text + " / Lane,Site " + std::to_string(number / 20) + ",rtsp://127.0.0.1:9/" +
               text + "\n";
    }
    estate::CameraRegistry registry{**database};
    must(registry.importCsv(access::Acting::commandLine(), csv));
    access::People people{**database};
    must(ui::addDemoPeople(people));
}

access::Acting somebody(ui::ConsoleContext& context) {
    const auto people = context.people.list();
    must(people);
    access::Acting acting;
    acting.id = people->front().id;
    acting.username = people->front().username;
    acting.fullName = people->front().fullName;
    acting.role = access::Role::Supervisor;
    return acting;
}

/// One start, in a process of its own; prints both times in microseconds.
int startOnce(const std::filesystem::path& folder, int cameras, std::int64_t began, int argc, char** argv) {
    QApplication application{argc, argv};
    ui::theme::apply(application);
    const base::SystemClock clock;
    auto console = ui::Console::open(folder, "leedswatch-station", ui::MainWindow::Kind::Room, clock);
    must(console);
    ui::MainWindow& window = (*console)->window();
    must(window.begin());
    std::int64_t signInPage = 0;
    const FirstPaint first{[&](QObject* watched) { return watched == &window; },
                           [&] {
                               signInPage = monotonicMicroseconds() - began;
                               window.enter(somebody((*console)->context()));
                           }};
    const FirstPaint desk{[cameras](QObject* watched) {
                              const auto* list = qobject_cast<QListView*>(watched->parent());
                              return list != nullptr && list->objectName() == QStringLiteral("cameraListView") &&
                                     list->model()->rowCount() == cameras;
                          },
                          [&] {
                              std::printf("%lld %lld\n", static_cast<long long>(signInPage),
                                          static_cast<long long>(monotonicMicroseconds() - began));
                              QCoreApplication::quit();
                          }};
    window.resize(1920, 1080);
    window.show();
    return QApplication::exec();
}

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

int measure(const char* self, int cameras, int runs) {
    std::string pattern = (std::filesystem::temp_directory_path() / "startup-bench-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) {
        return 1;
    }
    prepare(pattern, cameras);
    std::vector<double> signInPage;
    std::vector<double> desk;
    for (int run = 0; run < runs; ++run) {
        QProcess child;
        child.start(
            QString::fromLocal8Bit(self),
            {QStringLiteral("--cameras"), QString::number(cameras), QStringLiteral("--child"),
             QString::fromStdString(pattern), QStringLiteral("--began"), QString::number(monotonicMicroseconds())});
        child.waitForFinished(60'000);
        const QList<QByteArray> figures = child.readAllStandardOutput().trimmed().split(' ');
        if (figures.size() != 2) {
            std::fprintf(stderr, "%s\n", child.readAllStandardError().constData());
            return 1;
        }
        signInPage.push_back(figures[0].toDouble() / 1000);
        desk.push_back(figures[1].toDouble() / 1000);
    }
    std::filesystem::remove_all(pattern);
    std::printf(
        "console on screen with %d cameras, median of %d starts: sign-in page %.0f ms, desk %.0f ms (worst %.0f)\n",
        cameras, runs, median(signInPage), median(desk), *std::max_element(desk.begin(), desk.end()));
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app{"Measures the start of the console"};
    int cameras = 1688;
    int runs = 5;
    std::string child;
    std::int64_t began = 0;
    app.add_option("--cameras", cameras, "How many cameras the estate has");
    app.add_option("--runs", runs, "How many starts");
    app.add_option("--child", child, "Used by the program itself")->group("");
    app.add_option("--began", began, "Used by the program itself")->group("");
    CLI11_PARSE(app, argc, argv);
    return child.empty() ? measure(argv[0], cameras, runs) : startOnce(child, cameras, began, argc, argv);
}
