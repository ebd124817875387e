#include "ui/shell/status_bar.h"

#include "base/file.h"
#include "ui/common/elided_label.h"
#include "ui/common/palette.h"
#include "ui/common/text.h"
#include "ui/common/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <chrono>
#include <utility>

namespace leedswatch::ui {

namespace {

using namespace std::chrono_literals;

constexpr auto diskEvery = 15s;
constexpr int statusBarHeight = 32;
constexpr std::uint64_t gigabyte = 1'000'000'000;
constexpr std::uint64_t littleSpace = 20 * gigabyte;
constexpr std::uint64_t hardlyAnySpace = 2 * gigabyte;
constexpr std::uint64_t noSpace = gigabyte / 100;

QString coloured(const QString& text, const QColor& colour) {
    return QStringLiteral("<span style='color:%1'>%2</span>").arg(colour.name(), text.toHtmlEscaped());
}

QString withDot(const QString& text, const QColor& dot) {
    return coloured(QStringLiteral("●"), dot) + QStringLiteral("&nbsp; ") + text.toHtmlEscaped();
}

}  // namespace

StatusBar::StatusBar(CameraDirectory& directory, StationLink& station, std::filesystem::path dataFolder, bool isDemo,
                     QWidget* parent)
    : QWidget{parent},
      m_directory{directory},
      m_station{station},
      m_dataFolder{std::move(dataFolder)},
      m_stationText{new QLabel{this}},
      m_start{new QPushButton{QStringLiteral("Start it"), this}},
      m_cameras{new QLabel{this}},
      m_disk{new QLabel{this}},
      m_problem{new ElidedLabel{this}},
      m_keysHint{new QLabel{QStringLiteral("F10 all keys"), this}},
      m_worker{*this} {
    setObjectName(QStringLiteral("statusBar"));
    setAttribute(Qt::WA_StyledBackground);
    setFixedHeight(statusBarHeight);
    m_stationText->setObjectName(QStringLiteral("stationLabel"));
    m_cameras->setObjectName(QStringLiteral("cameraCountsLabel"));
    m_start->setObjectName(QStringLiteral("startStationPushButton"));
    m_problem->setObjectName(QStringLiteral("problemLabel"));
    m_disk->setObjectName(QStringLiteral("diskLabel"));
    layOut(isDemo);
    connect(&m_station, &StationLink::changed, this, &StatusBar::showStation);
    connect(m_start, &QPushButton::clicked, &m_station, &StationLink::start);
    connect(&m_directory, &CameraDirectory::camerasChanged, this, &StatusBar::showCameras);
    connect(&m_directory, &CameraDirectory::statusesChanged, this, &StatusBar::showCameras);
    connect(&m_directory, &CameraDirectory::failed, this, &StatusBar::showProblem);
    connect(&m_diskTimer, &QTimer::timeout, this, &StatusBar::lookAtDisk);
    m_diskTimer.start(diskEvery);
    showStation();
    showCameras();
    lookAtDisk();
}

void StatusBar::layOut(bool isDemo) {
    theme::setStyleProperty(*m_start, "inBar", true);
    auto* layout = new QHBoxLayout{this};
    layout->setContentsMargins(16, 0, 16, 0);
    layout->setSpacing(24);
    auto* stationArea = new QHBoxLayout;
    stationArea->setSpacing(12);
    stationArea->addWidget(m_stationText);
    stationArea->addWidget(m_start);
    layout->addLayout(stationArea);
    layout->addWidget(m_cameras);
    layout->addWidget(m_disk);
    layout->addWidget(m_problem, 1);
    theme::setLabelKind(*m_keysHint, theme::LabelKind::Dim);
    m_keysHint->hide();
    layout->addWidget(m_keysHint);
    if (isDemo) {
        auto* badge = new QLabel{QStringLiteral("DEMO"), this};
        badge->setObjectName(QStringLiteral("demoBadge"));
        badge->setFixedHeight(20);
        layout->addWidget(badge);
    }
}

void StatusBar::showProblem(const QString& sentence) {
    m_problem->setWholeText(sentence);
}

void StatusBar::setKeysHint(bool shown) {
    m_keysHint->setVisible(shown);
}

void StatusBar::showStation() {
    using State = StationLink::State;
    const State state = m_station.state();
    const QColor dot =
        state == State::Running ? palette::text : (state == State::NotRunning ? palette::red : palette::amber);
    m_start->setVisible(state == State::NotRunning);
    setTextOf(*m_stationText, withDot(m_station.sentence(), dot));
    m_directory.setStationRunning(state == State::Running);
}

/// A longer text has its room before it is painted.
void StatusBar::setTextOf(QLabel& label, const QString& text) {
    label.setText(text);
    layout()->activate();
}

void StatusBar::showCameras() {
    const CameraDirectory::Counts counts = m_directory.counts();
    if (counts.cameras == 0) {
        setTextOf(*m_cameras,
                  m_directory.isLoaded() ? coloured(QStringLiteral("No cameras yet"), palette::textDim) : QString{});
        return;
    }
    if (!m_directory.isStationRunning()) {
        setTextOf(*m_cameras,
                  coloured(QStringLiteral("%1 cameras, states not known").arg(withThousands(counts.cameras)),
                           palette::textDim));
        return;
    }
    QString text = withDot(QStringLiteral("%1 live").arg(withThousands(counts.live)), palette::live);
    if (counts.notLive > 0) {
        text += QStringLiteral("&nbsp;&nbsp;&nbsp;&nbsp;") +
                withDot(QStringLiteral("%1 not live").arg(withThousands(counts.notLive)), palette::red);
    }
    setTextOf(*m_cameras, text);
}

void StatusBar::lookAtDisk() {
    m_worker.run([folder = m_dataFolder] { return base::freeSpace(folder); },
                 [this](const base::Result<std::uint64_t>& free) { showDisk(free); });
}

void StatusBar::showDisk(const base::Result<std::uint64_t>& free) {
    if (!free) {
        setTextOf(*m_disk, coloured(QStringLiteral("Disk cannot be read"), palette::red));
        m_disk->setToolTip(sentenceOf(free.error()));
        return;
    }
    m_disk->setToolTip({});
    if (*free < noSpace) {
        setTextOf(*m_disk, coloured(QStringLiteral("Disk full: nothing is recorded, free some space"), palette::red));
        return;
    }
    const QLocale locale{QLocale::English, QLocale::UnitedKingdom};
    const QString text = QStringLiteral("Disk %1 free")
                             .arg(locale.formattedDataSize(static_cast<qint64>(*free), *free < 10 * gigabyte ? 1 : 0,
                                                           QLocale::DataSizeSIFormat));
    setTextOf(*m_disk,
              coloured(text, *free < hardlyAnySpace ? palette::red
                                                    : (*free < littleSpace ? palette::amber : palette::textDim)));
}

}  // namespace leedswatch::ui
