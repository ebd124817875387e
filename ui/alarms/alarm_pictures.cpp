#include "ui/alarms/alarm_pictures.h"

#include "ui/common/theme.h"
#include "ui/wall/wall_hub.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

namespace leedswatch::ui {

namespace {

using namespace std::chrono_literals;

constexpr std::size_t mostCameras = 2;
constexpr auto before = 30s;
constexpr auto after = 60s;
constexpr int checkEvery = 250;

}  // namespace

AlarmPictures::AlarmPictures(WallHub& hub, QWidget* parent)
    : QWidget{parent},
      m_hub{hub},
      m_empty{theme::makeText(theme::LabelKind::Dim, this, QStringLiteral("No camera looks at this place."))},
      m_again{new QPushButton{QStringLiteral("Play from 30 s before the alarm"), this}} {
    setObjectName(QStringLiteral("alarmPictures"));
    m_empty->setAlignment(Qt::AlignCenter);
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(m_empty, 1);
    for (std::size_t index = 0; index < mostCameras; ++index) {
        for (auto* tiles : {&m_live, &m_before}) {
            auto* tile = new CameraTile{hub.context().clock, this};
            tile->setMark(tiles == &m_before ? QStringLiteral("FROM 30 s BEFORE THE ALARM") : QString{});
            tile->hide();
            tiles->push_back(tile);
            layout->addWidget(tile, 1);
        }
    }
    m_again->setObjectName(QStringLiteral("playAgainPushButton"));
    m_again->setShortcut(QKeySequence{QStringLiteral("Alt+R")});
    m_again->setToolTip(
        QStringLiteral("What was recorded from half a minute before the alarm to a minute after it (Alt+R)"));
    m_again->setVisible(false);
    layout->addWidget(m_again);
    connect(m_again, &QPushButton::clicked, this, &AlarmPictures::playAgain);
    m_check.setInterval(checkEvery);
    connect(&m_check, &QTimer::timeout, this, &AlarmPictures::check);
}

void AlarmPictures::check() {
    for (CameraTile* tile : findChildren<CameraTile*>()) {
        if (TileFeed* feed = tile->feed()) {
            feed->check();
            tile->setStationStatus(m_hub.statusOf(feed->camera().id));
        }
    }
    // A tile that says "before the alarm" must show nothing else.
    bool isAnyOver = false;
    for (CameraTile* tile : m_before) {
        const bool isOver = tile->feed() != nullptr && tile->feed()->replay() == nullptr && tile->notice().isEmpty();
        isAnyOver = isAnyOver || isOver;
        if (isOver && tile->isVisibleTo(this)) {
            tile->hide();
            tile->feed()->suspend();
            QTimer::singleShot(0, this, &AlarmPictures::run);
        }
    }
    m_again->setVisible(isAnyOver);
}

AlarmPictures::~AlarmPictures() {
    for (CameraTile* tile : findChildren<CameraTile*>()) {
        tile->setFeed(nullptr);
    }
}

void AlarmPictures::show(const std::optional<response::Alarm>& alarm, const std::vector<int>& cameras) {
    std::vector<int> wanted{cameras.begin(),
                            cameras.begin() + static_cast<std::ptrdiff_t>(std::min(cameras.size(), mostCameras))};
    const auto id = alarm ? std::optional{alarm->id} : std::nullopt;
    if (id == m_alarm && wanted == m_cameras) {
        return;
    }
    m_alarm = id;
    m_raised = alarm ? alarm->raised : base::UtcTime{};
    m_cameras = std::move(wanted);
    m_empty->setVisible(m_cameras.empty());
    m_empty->setText(alarm ? QStringLiteral("No camera is entered for this place.") : QString{});
    for (std::size_t index = 0; index < mostCameras; ++index) {
        const int camera = index < m_cameras.size() ? m_cameras[index] : 0;
        setTile(*m_live[index], camera);
        setTile(*m_before[index], camera);
    }
    if (isVisible()) {
        run();
        playAgain();
    }
}

void AlarmPictures::setTile(CameraTile& tile, int camera) {
    const auto found =
        camera == 0 ? base::Result<estate::Camera>{base::fail(base::ErrorCode::NotFound, "")} : m_hub.find(camera);
    tile.setFeed(found ? std::make_unique<TileFeed>(m_hub.source(), *found) : nullptr);
    tile.setMissingCamera(found ? 0 : camera);
    tile.setVisible(camera != 0);
}

void AlarmPictures::playAgain() {
    const video::TimeRange range{m_raised - before, std::min(m_hub.context().clock.now(), m_raised + after)};
    for (CameraTile* tile : m_before) {
        if (TileFeed* feed = tile->feed(); feed != nullptr && isVisible()) {
            tile->show();
            feed->show(tile->pictureBox(), TileUse::Tile);
            feed->startReplay(range);
        }
    }
}

void AlarmPictures::run() {
    for (CameraTile* tile : findChildren<CameraTile*>()) {
        TileFeed* feed = tile->feed();
        if (feed == nullptr) {
            continue;
        }
        if (isVisible() && tile->isVisibleTo(this)) {
            feed->show(tile->pictureBox(), TileUse::Tile);
        } else {
            feed->suspend();
        }
    }
}

void AlarmPictures::showEvent(QShowEvent* /*event*/) {
    m_check.start();
    run();
    playAgain();
}

void AlarmPictures::hideEvent(QHideEvent* /*event*/) {
    m_check.stop();
    run();
}

void AlarmPictures::resizeEvent(QResizeEvent* /*event*/) {
    run();
}

}  // namespace leedswatch::ui
