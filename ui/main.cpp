#include "base/heap.h"
#include "base/log.h"
#include "ui/common/text.h"
#include "ui/common/theme.h"
#include "ui/shell/console.h"
#include "ui/shell/demo_estate.h"
#include "ui/shell/demo_folder.h"
#include "ui/shell/demo_page.h"
#include "ui/shell/demo_people.h"
#include "ui/shell/desk_page.h"
#include "ui/shell/screenshot.h"
#include "ui/shell/start_error_page.h"
#include "ui/shell/stop_signals.h"

#include <CLI/CLI.hpp>

#include <QApplication>
#include <QFile>
#include <QRegularExpression>
#include <QScreen>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <string>

namespace {

using namespace leedswatch;

enum ExitCode { good = 0, wrong = 1, usage = 2 };

struct Options {
    std::string dataFolder;
    bool isDemo = false;
    std::string screenshot;
    std::string windowSize;
};

std::filesystem::path usualDataFolder() {
    if (const char* data = std::getenv("XDG_DATA_HOME"); data != nullptr && *data != '\0') {
        return std::filesystem::path{data} / "leedswatch";
    }
    const char* home = std::getenv("HOME");
    return std::filesystem::path{home != nullptr ? home : "/"} / ".local/share/leedswatch";
}

/// Tells why the console cannot start, in a window unless nobody looks at one.
int refuse(const base::Error& error, const Options& options) {
    std::cerr << "leedswatch: " << ui::fromQt(ui::sentenceOf(error)) << '\n';
    if (options.screenshot.empty()) {
        ui::StartErrorPage page{error};
        QObject::connect(&page, &ui::StartErrorPage::closed, &page, &QWidget::close);
        page.show();
        QApplication::exec();
    }
    return wrong;
}

QSize windowSizeOf(const Options& options) {
    const qsizetype cross = QString::fromStdString(options.windowSize).indexOf(QLatin1Char('x'));
    const QString text = QString::fromStdString(options.windowSize);
    return cross < 0 ? QSize{} : QSize{text.left(cross).toInt(), text.mid(cross + 1).toInt()};
}

void show(ui::MainWindow& window, const Options& options) {
    if (const QSize size = windowSizeOf(options); size.isValid()) {
        window.resize(size);
        window.show();
    } else {
        window.setGeometry(QGuiApplication::primaryScreen()->availableGeometry());
        window.showMaximized();
    }
    // Without a window manager nobody else gives it the keyboard.
    window.activateWindow();
}

/// Cameras on every tile, so that a demo begins with pictures.
void fillWall(ui::Console& console) {
    constexpr int tiles = 9;
    const auto cameras = console.context().cameras.list();
    if (!cameras) {
        return;
    }
    std::vector<int> numbers;
    for (const estate::Camera& camera : *cameras) {
        numbers.push_back(camera.number);
    }
    console.window().desk()->fillWall(tiles, numbers);
}

void runDemo(ui::Console& console, ui::DemoEstate& estate) {
    ui::MainWindow& window = console.window();
    auto* page = new ui::DemoPage{&window};
    window.setDemoPeople(ui::demoPeople());
    window.showPage(page);
    QObject::connect(page, &ui::DemoPage::closed, &window, &QWidget::close);
    QObject::connect(&estate, &ui::DemoEstate::progressed, page, &ui::DemoPage::showProgress);
    QObject::connect(&estate, &ui::DemoEstate::failed, page, [page](const QString& sentence) {
        std::cerr << "leedswatch: " << ui::fromQt(sentence) << '\n';
        page->showFailure(sentence);
    });
    QObject::connect(&estate, &ui::DemoEstate::ready, &window, [&console](const access::Acting& supervisor) {
        console.window().enter(supervisor);
        fillWall(console);
        console.station().attach();
    });
    estate.start();
}

int run(const Options& options) {
    const base::SystemClock clock;
    const std::filesystem::path programs{QFile::encodeName(QCoreApplication::applicationDirPath()).toStdString()};
    std::filesystem::path folder =
        options.dataFolder.empty() ? usualDataFolder() : std::filesystem::path{options.dataFolder};
    std::unique_ptr<ui::DemoFolder> demoFolder;
    if (options.isDemo) {
        auto prepared = ui::DemoFolder::prepare(options.dataFolder.empty() ? ui::DemoFolder::usualPlace() : folder);
        if (!prepared) {
            return refuse(prepared.error(), options);
        }
        demoFolder = std::move(*prepared);
        folder = demoFolder->path();
    }
    if (const auto log = base::startLog("leedswatch", folder / "logs"); !log) {
        return refuse(log.error(), options);
    }
    const auto kind = options.isDemo ? ui::MainWindow::Kind::Demo : ui::MainWindow::Kind::Room;
    auto console = ui::Console::open(folder, programs / "leedswatch-station", kind, clock);
    if (!console) {
        return refuse(console.error(), options);
    }
    std::unique_ptr<ui::DemoEstate> estate;
    ui::MainWindow& window = (*console)->window();
    if (options.isDemo) {
        estate = std::make_unique<ui::DemoEstate>((*console)->context(), programs);
        runDemo(**console, *estate);
    } else if (const auto begun = window.begin(); !begun) {
        return refuse(begun.error(), options);
    } else {
        (*console)->station().attachOrStart();
    }
    show(window, options);
    std::unique_ptr<ui::Screenshot> screenshot;
    if (!options.screenshot.empty()) {
        screenshot = std::make_unique<ui::Screenshot>(window, QString::fromStdString(options.screenshot));
    }
    const int code = QApplication::exec();
    // Whatever ended the loop, whoever is signed in is signed out, and what was being written is kept.
    window.close();
    return code;
}

}  // namespace

int main(int argc, char** argv) {
    leedswatch::base::keepHeapFlat();
    Options options;
    CLI::App app{"The operator's console", "leedswatch"};
    app.add_option("--data", options.dataFolder, "The data folder; " + usualDataFolder().string() + " if not given")
        ->type_name("DIR");
    app.add_flag("--demo", options.isDemo, "A control room with simulated cameras, in a folder of its own");
    app.add_option("--screenshot", options.screenshot, "Save what is seen once the wall is live, and end")
        ->type_name("FILE");
    app.add_option("--window-size", options.windowSize, "The window's size, such as 1280x800")
        ->type_name("WxH")
        ->check([](const std::string& text) {
            const bool fits = QString::fromStdString(text).contains(
                QRegularExpression{QStringLiteral("^[1-9][0-9]{2,4}x[1-9][0-9]{2,4}$")});
            return fits ? std::string{} : "'" + text + "' is not a size such as 1280x800";
        });
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error, std::cout, std::cerr) == 0 ? good : usage;
    }
    QApplication::setApplicationName(QStringLiteral("leedswatch"));
    QApplication application{argc, argv};
    const ui::StopSignals stopSignals;
    ui::theme::apply(application);
    return run(options);
}
