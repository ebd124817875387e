#include "ui/shell/screenshot.h"

#include "ui/common/text.h"
#include "ui/shell/desk_page.h"
#include "ui/shell/main_window.h"

#include <QCoreApplication>
#include <QPixmap>
#include <chrono>
#include <iostream>
#include <utility>

namespace leedswatch::ui {

namespace {

using namespace std::chrono_literals;

constexpr auto lookAtDeskEvery = 250ms;
constexpr int mostLooks = 3min / lookAtDeskEvery;
constexpr int mostLooksAtDesk = 30s / lookAtDeskEvery;
/// The counts in the bars follow the pictures a moment later.
constexpr int looksOnceLive = 2s / lookAtDeskEvery;

}  // namespace

Screenshot::Screenshot(MainWindow& window, QString file, QObject* parent)
    : QObject{parent}, m_window{window}, m_file{std::move(file)} {
    connect(&m_timer, &QTimer::timeout, this, &Screenshot::look);
    m_timer.start(lookAtDeskEvery);
}

void Screenshot::look() {
    ++m_looks;
    const DeskPage* desk = m_window.desk();
    if (desk != nullptr) {
        ++m_looksAtDesk;
        const auto [shown, live] = desk->liveTiles();
        m_looksAllLive = shown > 0 && shown == live ? m_looksAllLive + 1 : 0;
    }
    if (m_looksAllLive > looksOnceLive || m_looksAtDesk > mostLooksAtDesk || m_looks > mostLooks) {
        m_timer.stop();
        finish();
    }
}

void Screenshot::finish() {
    const DeskPage* desk = m_window.desk();
    const bool anyLive = desk != nullptr && desk->liveTiles().second > 0;
    if (!m_window.grab().save(m_file)) {
        std::cerr << "leedswatch: " << fromQt(m_file) << " could not be written\n";
        QCoreApplication::exit(1);
        return;
    }
    if (!anyLive) {
        std::cerr << "leedswatch: nothing was live: " << fromQt(m_file) << " shows what there was\n";
    }
    QCoreApplication::exit(anyLive ? 0 : 1);
}

}  // namespace leedswatch::ui
